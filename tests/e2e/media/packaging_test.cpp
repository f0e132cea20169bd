// Packages of a file that can be copied, read back with ffmpeg.
#include <gmock/gmock.h>

#include "emulator/base/ctr_cipher.h"
#include "tests/e2e/media/media_fixture.h"

namespace msc::testing {
namespace {

using namespace processing;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

class PackagingTest : public MediaFixture {
 protected:
  // H.264 with a key frame every two seconds, and AAC: can be copied.
  std::string Clip() const {
    return Make("clip.mp4", Joined({Picture(13), Sound(13), H264(50), {"-c:a", "aac"}}));
  }

  // The pictures of one fragment alone.
  std::vector<std::string> FragmentHashes(const FragmentList& list, std::size_t index) const {
    const auto& fragment = list.fragments.at(index);
    const std::string blob = Blob(list.blob);
    return FrameHashes(Saved(
        "part", blob.substr(0, list.header_size) + blob.substr(fragment.offset, fragment.size)));
  }
};

TEST_F(PackagingTest, CopiedFragmentsHaveTheFramesOfTheUpload) {
  const auto description = Packaged(Clip());
  const auto& video = description.tracks.at(0);
  const auto frames = FrameHashes(File("clip.mp4"));

  EXPECT_THAT(frames, SizeIs(325));
  EXPECT_EQ(FrameHashes(Saved("v.mp4", Fetched(video.mp4))), frames);
  EXPECT_EQ(FrameHashes(Saved("v.ts", Fetched(video.ts))), frames);
  EXPECT_EQ(FrameHashes(Saved("m.ts", Fetched(video.muxed))), frames);
  EXPECT_EQ(FrameHashes(Saved("p.mp4", Blob(description.progressive))), frames);
}

TEST_F(PackagingTest, CutsAtTheFirstKeyFrameAfterSixSeconds) {
  const auto description = Packaged(Clip());

  const auto& video = description.tracks.at(0);
  for (const auto* list : {&video.mp4, &video.ts, &video.muxed}) {
    EXPECT_THAT(list->fragments,
                ElementsAre(Field(&Fragment::time, 0), Field(&Fragment::time, 60'000'000),
                            Field(&Fragment::time, 120'000'000)));
    EXPECT_EQ(list->fragments.back().duration, 10'000'000);
  }
  EXPECT_EQ(description.duration, std::chrono::seconds(13));
  EXPECT_EQ(description.presentation_offset, 0);
}

TEST_F(PackagingTest, EachFragmentPlaysAlone) {
  const auto description = Packaged(Clip());
  const auto& video = description.tracks.at(0);
  const auto frames = FrameHashes(File("clip.mp4"));
  const std::vector<std::string> second(frames.begin() + 150, frames.begin() + 300);

  EXPECT_EQ(FragmentHashes(video.mp4, 1), second);
  EXPECT_EQ(FragmentHashes(video.ts, 1), second);
  EXPECT_EQ(FragmentHashes(video.muxed, 1), second);
}

TEST_F(PackagingTest, TheKeyFrameOfASegmentIsOnePicture) {
  const auto description = Packaged(Clip());
  const auto& list = description.tracks.at(0).ts;
  const auto& segment = list.fragments.at(1);

  const auto bytes = Blob(list.blob).substr(segment.offset, segment.key_frame_size);

  EXPECT_LT(segment.key_frame_size, segment.size);
  EXPECT_THAT(FrameHashes(Saved("key.ts", bytes)),
              ElementsAre(FrameHashes(File("clip.mp4")).at(150)));
}

TEST_F(PackagingTest, DescribesTheTracks) {
  const auto description = Packaged(Clip());

  ASSERT_THAT(description.tracks, SizeIs(2));
  const auto& video = description.tracks[0];
  const auto& audio = description.tracks[1];
  EXPECT_EQ(video.name, "video");
  EXPECT_EQ(video.codecs, "avc1.4d400b");
  EXPECT_EQ(std::pair(video.width, video.height), std::pair(160, 90));
  EXPECT_EQ(audio.name, "aac_und_1_" + std::to_string(audio.bitrate) + "_1_1");
  EXPECT_EQ(audio.codecs, "mp4a.40.2");
  EXPECT_EQ(std::pair(audio.channels, audio.sampling_rate), std::pair(1, 44100));
  EXPECT_NEAR(static_cast<double>(audio.bitrate), 69'000, 3'000);
  EXPECT_TRUE(ParseDescription(DescriptionJson(description)));
}

// The packets before the beginning, which AAC needs, are gone; the rest stays in sync.
TEST_F(PackagingTest, SoundBeginsWithThePicture) {
  const auto description = Packaged(Clip());
  const auto& audio = description.tracks.at(1);

  EXPECT_EQ(audio.mp4.fragments.front().time, 0);
  const auto path = Saved("m.ts", Fetched(description.tracks.at(0).muxed));
  EXPECT_EQ(Probed(path, "v", "stream=start_time"), Probed(path, "a", "stream=start_time"));
  EXPECT_EQ(Probed(Saved("a.ts", Fetched(audio.ts)), "a", "stream=start_time"),
            Probed(Saved("v.ts", Fetched(description.tracks.at(0).ts)), "v", "stream=start_time"));
}

TEST_F(PackagingTest, ProgressiveFilesBeginWithTheirIndex) {
  const auto description = Packaged(Clip());

  const auto blob = Blob(description.progressive);

  EXPECT_LT(blob.find("moov"), blob.find("mdat"));
  EXPECT_EQ(Probed(Saved("p.mp4", blob), "a", "stream=codec_name"), "aac");
}

TEST_F(PackagingTest, ThePosterIsBesideTheUpload) {
  EXPECT_TRUE(Packaged(Clip()).has_poster);

  const auto path = Saved("poster.jpg", Blob(kUploads, "Poster.jpg"));
  EXPECT_EQ(Probed(path, "v", "stream=codec_name,height"), "mjpeg,960");
  EXPECT_EQ(blobs_.FindBlob(kUploads, "Poster.jpg")->content_type, "image/jpeg");
}

TEST_F(PackagingTest, EncryptedUploadsAreDecrypted) {
  auto bytes = Clip();
  key_ = MediaKey{.key = Bytes(32, 'k'), .iv = Bytes(16, 'i')};
  Aes256Ctr(key_->key, key_->iv).Apply(bytes);

  const auto description = Packaged(bytes);

  EXPECT_EQ(description.duration, std::chrono::seconds(13));
}

TEST_F(PackagingTest, ReportsItsPhases) {
  Packaged(Clip());

  std::vector<std::string> phases;
  for (const auto& step : steps_) phases.push_back(step.phase);
  phases.erase(std::unique(phases.begin(), phases.end()), phases.end());
  EXPECT_THAT(phases, ElementsAre("copying", "probing", "packaging", "storing"));
  EXPECT_EQ(steps_.back(), (MediaProgress{"storing", 100}));
}

TEST_F(PackagingTest, ASecondJobReplacesWhatTheFirstOneStored) {
  const auto first = Packaged(Clip());

  const auto second = Package();

  ASSERT_TRUE(second);
  EXPECT_EQ(*second, first);
}

}  // namespace
}  // namespace msc::testing
