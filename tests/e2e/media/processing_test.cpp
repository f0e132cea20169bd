// What becomes of an upload when its video is marked complete.
#include "emulator/base/ctr_cipher.h"
#include "emulator/base/encoding.h"
#include "tests/e2e/media/emulator_media_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kMediaNoon = "2024-06-30T12:00:00Z";
constexpr const char* kEncryptedInput = R"(,"InputStorageEncryptionMode":"AES256")";

class MediaProcessing : public MediaTest {
 protected:
  Emulator emulator_{{.processing_time = 0s, .media = Media::kAuto}};
};

TEST_F(MediaProcessing, FindsDurationAndTracks) {
  const auto video = Submit(emulator_, ClipBytes());

  ASSERT_TRUE(Reaches(emulator_, video, VideoState::kCompleted));
  const auto info = emulator_.Video(video.id).value();
  EXPECT_EQ(info.duration, 5s);
  EXPECT_EQ(info.media.state, MediaInfo::State::kReady);
  ASSERT_EQ(info.media.tracks.size(), 2u);
  EXPECT_EQ(info.media.tracks[0].name, "video");
  EXPECT_EQ(info.media.tracks[0].width, 320);
  EXPECT_EQ(info.media.tracks[0].height, 180);
  EXPECT_THAT(info.media.tracks[0].codecs, StartsWith("avc1.4d"));
  EXPECT_EQ(info.media.tracks[1].codecs, "mp4a.40.2");
}

TEST_F(MediaProcessing, ShowsTheDurationInTheEntity) {
  const auto video = Submit(emulator_, ClipBytes());

  ASSERT_TRUE(Reaches(emulator_, video, VideoState::kCompleted));

  EXPECT_THAT(GetBody(emulator_, "/api/Videos/" + video.id), HasSubstr("\"Duration\":5,"));
}

TEST_F(MediaProcessing, CompletesOtherFilesWithoutADuration) {
  for (const auto* bytes : {"hello", "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n#EXT-X-ENDLIST\n"}) {
    const auto video = Submit(emulator_, bytes);

    ASSERT_TRUE(Reaches(emulator_, video, VideoState::kCompleted));
    EXPECT_EQ(emulator_.Video(video.id)->duration, 0s);
    EXPECT_EQ(emulator_.Video(video.id)->media.state, MediaInfo::State::kNone);
  }
}

TEST_F(MediaProcessing, CompletesBrokenMediaWithoutADurationAndSaysWhy) {
  const auto video = Submit(emulator_, ClipBytes().substr(0, 1000));

  ASSERT_TRUE(Reaches(emulator_, video, VideoState::kCompleted));

  EXPECT_EQ(emulator_.Video(video.id)->duration, 0s);
  EXPECT_EQ(emulator_.Video(video.id)->media.state, MediaInfo::State::kNone);
  EXPECT_NE(emulator_.Video(video.id)->media.problem, "");
}

TEST_F(MediaProcessing, FailsOtherFilesIfTheyMustBeMedia) {
  Emulator emulator({.processing_time = 0s, .media = Media::kFfmpeg});
  for (const auto& bytes : {std::string("hello"), ClipBytes().substr(0, 1000)}) {
    const auto video = Submit(emulator, bytes);

    ASSERT_TRUE(Reaches(emulator, video, VideoState::kFailed));
    EXPECT_EQ(emulator.Video(video.id)->failure_code, 7);
    EXPECT_NE(emulator.Video(video.id)->failure_reason, "");
  }
}

TEST_F(MediaProcessing, DecryptsAnEncryptedUpload) {
  const auto created =
      BodyOf(Call(emulator_.Port(), "POST", "/api/Videos",
                  std::string(R"({"OriginalFileName":"clip.mp4")") + kEncryptedInput + "}"));
  const CreatedVideo video{.id = StringMember(created, "Id").value(),
                           .upload_target = TargetOf(StringMember(created, "UploadUri").value())};
  const auto member = [&](const char* name) {
    return Base64Decode(StringMember(created, name).value()).value();
  };
  auto bytes = ClipBytes();
  Aes256Ctr(member("InputStorageEncryptionSymmetricKey"), member("InputStorageEncryptionIv"))
      .Apply(bytes);
  ASSERT_EQ(Upload(emulator_.Port(), video, bytes), 201);
  ASSERT_EQ(MarkComplete(emulator_.Port(), video), 200);

  ASSERT_TRUE(Reaches(emulator_, video, VideoState::kCompleted));

  EXPECT_EQ(emulator_.Video(video.id)->duration, 5s);
}

TEST_F(MediaProcessing, FailsPlaintextThatWasToBeEncrypted) {
  const auto video = Submit(emulator_, ClipBytes(), kEncryptedInput);

  ASSERT_TRUE(Reaches(emulator_, video, VideoState::kFailed));

  EXPECT_EQ(emulator_.Video(video.id)->failure_code, 7);
  EXPECT_THAT(emulator_.Video(video.id)->failure_reason, HasSubstr("plaintext"));
  EXPECT_THAT(GetBody(emulator_, "/api/Videos/" + video.id + "/Status"),
              StartsWith(R"({"StatusCode":7,"Status":"Failed","Message":)"));
}

TEST_F(MediaProcessing, DoesNothingUnlessItIsAskedTo) {
  Emulator emulator({.processing_time = 0s});
  const auto video = Submit(emulator, ClipBytes());

  ASSERT_TRUE(Reaches(emulator, video, VideoState::kCompleted));

  EXPECT_EQ(emulator.Video(video.id)->duration, 0s);
  EXPECT_EQ(emulator.Video(video.id)->media.state, MediaInfo::State::kNone);
}

TEST_F(MediaProcessing, IsNotEnoughWhileTimeStandsStill) {
  Emulator frozen({.processing_time = 10s, .media = Media::kAuto, .frozen_at = kMediaNoon});
  const auto video = Submit(frozen, ClipBytes());
  ASSERT_EQ(WaitForMedia(frozen, video).state, MediaInfo::State::kReady);
  EXPECT_EQ(VideoStatus(frozen.Port(), video), "Processing");

  const auto fired = frozen.AdvanceClock(10s);

  ASSERT_EQ(fired.size(), 1u);
  EXPECT_EQ(fired[0].to, VideoState::kCompleted);
  EXPECT_EQ(frozen.Video(video.id)->duration, 5s);
}

TEST_F(MediaProcessing, IsWaitedForWhenTheTimeIsOver) {
  Emulator frozen({.processing_time = 10s, .media = Media::kAuto, .frozen_at = kMediaNoon});
  const auto video = Submit(frozen, LongBytes());

  EXPECT_TRUE(frozen.AdvanceClock(1h).empty());

  EXPECT_EQ(VideoStatus(frozen.Port(), video), "Processing");
  EXPECT_EQ(frozen.Video(video.id)->media.state, MediaInfo::State::kWorking);
}

TEST_F(MediaProcessing, FailsBeyondItsLimitOfBytes) {
  Emulator emulator({.processing_time = 0s, .media = Media::kFfmpeg, .media_limit = 10'000});
  const auto video = Submit(emulator, ClipBytes());

  ASSERT_TRUE(Reaches(emulator, video, VideoState::kFailed));

  EXPECT_EQ(emulator.Video(video.id)->failure_code, 4);
  EXPECT_THAT(emulator.Video(video.id)->failure_reason, HasSubstr("limit"));
}

}  // namespace
}  // namespace msc
