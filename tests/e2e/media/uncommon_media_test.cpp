// Uploads of many kinds, which ffmpeg makes.
#include <gmock/gmock.h>

#include "tests/e2e/media/media_fixture.h"

namespace msc::testing {
namespace {

using namespace processing;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

class UncommonMediaTest : public MediaFixture {
 protected:
  using Arguments = std::vector<std::string>;

  // Packages a file that ffmpeg makes, and checks what holds for all.
  MediaDescription PackageOf(const std::string& name, const Arguments& arguments) {
    auto description = Packaged(Make(name, arguments));
    EXPECT_TRUE(ParseDescription(DescriptionJson(description)));
    for (const auto& track : description.tracks) {
      CheckList(track, track.mp4);
      CheckList(track, track.ts);
    }
    return description;
  }

  // Its fragments are in the blob, one after another, and can be decoded.
  void CheckList(const Track& track, const FragmentList& list) const {
    std::uint64_t end = list.header_size;
    for (const auto& fragment : list.fragments) {
      EXPECT_EQ(fragment.offset, end);
      end += fragment.size;
    }
    EXPECT_EQ(Blob(list.blob).size(), end);
    const std::string kind = track.kind == TrackKind::kVideo ? "v" : "a";
    EXPECT_EQ(Probed(Saved("track", Fetched(list)), kind, "stream=codec_name"),
              kind == "v" ? "h264" : "aac");
  }

  static std::pair<int, int> SizeOf(const MediaDescription& description) {
    if (description.tracks.empty()) return {};
    return {description.tracks.front().width, description.tracks.front().height};
  }

  static Arguments Small(int seconds, const std::string& rate = "5") {
    return Picture(seconds, "64x36", rate);
  }
};

TEST_F(UncommonMediaTest, OddSizesBecomeEven) {
  const auto description = PackageOf("odd.mkv", Joined({Picture(1, "63x35"), {"-c:v", "ffv1"}}));

  EXPECT_EQ(SizeOf(description), (std::pair{64, 36}));
}

TEST_F(UncommonMediaTest, RotatedVideoIsTurned) {
  Make("straight.mp4", Joined({Small(1), H264(5)}));

  const auto description = PackageOf(
      "rotated.mp4", {"-i", File("straight.mp4"), "-c", "copy", "-metadata:s:v", "rotate=90"});

  EXPECT_EQ(SizeOf(description), (std::pair{36, 64}));
}

TEST_F(UncommonMediaTest, PixelsBecomeSquare) {
  const auto description =
      PackageOf("wide.mkv", Joined({Small(1), {"-vf", "setsar=2", "-c:v", "mpeg4"}}));

  EXPECT_EQ(SizeOf(description), (std::pair{128, 36}));
}

TEST_F(UncommonMediaTest, VariableFrameRatesKeepTheirTimes) {
  const auto description = PackageOf(
      "variable.mp4", Joined({Picture(7, "64x36"),
                              {"-vf", "select=gt(t\\,3)+not(mod(n\\,5))", "-fps_mode", "vfr"},
                              H264(50)}));

  EXPECT_EQ(description.duration, std::chrono::seconds(7));
  const auto& fragments = description.tracks.at(0).mp4.fragments;
  ASSERT_THAT(fragments, SizeIs(2));
  EXPECT_EQ(fragments[1].time, description.tracks[0].ts.fragments.at(1).time);
}

TEST_F(UncommonMediaTest, AKeyFrameAMinuteIsNotEnough) {
  const auto description = PackageOf("minute.mp4", Joined({Small(40, "2"), H264(10'000)}));

  EXPECT_THAT(description.tracks.at(0).mp4.fragments,
              ::testing::AllOf(SizeIs(7), Each(Field(&Fragment::duration, Le(60'000'000)))));
}

TEST_F(UncommonMediaTest, VideoMayHaveNoSound) {
  const auto description = PackageOf("silent.mp4", Joined({Small(1), H264(5)}));

  ASSERT_THAT(description.tracks, SizeIs(1));
  EXPECT_EQ(description.tracks[0].muxed, description.tracks[0].ts);
}

TEST_F(UncommonMediaTest, SoundMayHaveNoVideo) {
  for (const char* name : {"sound.mp3", "sound.wav", "sound.m4a", "sound.flac"}) {
    const auto description = PackageOf(name, Sound(7));

    ASSERT_THAT(description.tracks, SizeIs(1)) << name;
    EXPECT_EQ(description.tracks[0].muxed, description.tracks[0].ts);
    EXPECT_THAT(description.tracks[0].mp4.fragments, SizeIs(2));
    EXPECT_FALSE(description.has_poster);
  }
}

TEST_F(UncommonMediaTest, TheCoverOfAnAlbumIsNoVideo) {
  const auto description = PackageOf(
      "cover.mp3", Joined({Sound(1),
                           {"-f", "lavfi", "-i", "color=s=32x32:d=0.04", "-map", "0", "-map", "1",
                            "-c:v", "mjpeg", "-disposition:v", "attached_pic"}}));

  ASSERT_THAT(description.tracks, SizeIs(1));
  EXPECT_EQ(description.tracks[0].kind, TrackKind::kAudio);
}

TEST_F(UncommonMediaTest, EachLanguageIsATrack) {
  const auto description = PackageOf(
      "languages.mp4", Joined({Small(1),
                               Sound(1),
                               Sound(1, ":f=880"),
                               {"-map", "0", "-map", "1", "-map", "2", "-metadata:s:a:0",
                                "language=eng", "-metadata:s:a:1", "language=deu", "-ac:a:1", "2"},
                               H264(5)}));

  ASSERT_THAT(description.tracks, SizeIs(3));
  EXPECT_TRUE(description.tracks[1].name.starts_with("aac_eng_1_"));
  EXPECT_TRUE(description.tracks[2].name.starts_with("aac_deu_2_"));
  EXPECT_THAT(description.tracks[1].muxed.fragments, IsEmpty());
}

TEST_F(UncommonMediaTest, SoundMayBeginLater) {
  Make("sound.m4a", Sound(1));

  const auto description = PackageOf(
      "late.mkv", Joined({Small(2), {"-itsoffset", "1", "-i", File("sound.m4a")}, H264(5)}));

  ASSERT_THAT(description.tracks, SizeIs(2));
  EXPECT_NEAR(static_cast<double>(description.tracks[1].mp4.fragments.front().time), 10'000'000,
              300'000);
}

TEST_F(UncommonMediaTest, OldFormatsAreTranscoded) {
  using Row = std::pair<const char*, Arguments>;
  for (const auto& [name, codecs] :
       {Row{"old.avi", {"-c:v", "mpeg4", "-c:a", "libmp3lame"}},
        Row{"old.wmv", {"-c:v", "wmv2", "-c:a", "wmav2"}},
        Row{"old.webm", {"-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"}},
        Row{"old.mpg", {"-c:v", "mpeg2video", "-r", "25", "-c:a", "mp2"}}}) {
    const auto description = PackageOf(name, Joined({Small(1), Sound(1), codecs}));

    EXPECT_THAT(description.tracks, SizeIs(2)) << name;
    EXPECT_NEAR(static_cast<double>(description.duration.count()), 1100, 150) << name;
  }
}

TEST_F(UncommonMediaTest, OtherContainersAreCopied) {
  Make("clip.mp4", Joined({Picture(2, "64x36"), Sound(2), H264(50)}));
  const auto frames = FrameHashes(File("clip.mp4"));

  for (const char* name : {"clip.ts", "clip.mkv", "clip.mov", "clip.flv"}) {
    const auto description = PackageOf(name, {"-i", File("clip.mp4"), "-c", "copy"});

    EXPECT_EQ(FrameHashes(Saved("v.mp4", Fetched(description.tracks.at(0).mp4))), frames) << name;
  }
}

TEST_F(UncommonMediaTest, OnePictureIsEnough) {
  const auto description = PackageOf("one.mp4", Joined({Small(1), {"-frames:v", "1"}, H264(5)}));

  EXPECT_GT(description.duration.count(), 0);
  EXPECT_TRUE(description.has_poster);
}

}  // namespace
}  // namespace msc::testing
