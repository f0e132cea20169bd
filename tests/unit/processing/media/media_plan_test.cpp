#include "emulator/processing/media/media_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::Not;
using ::testing::StartsWith;

StreamFacts Video() {
  return {.kind = TrackKind::kVideo,
          .index = 0,
          .codec = "h264",
          .profile = "High",
          .pixel_format = "yuv420p",
          .width = 1280,
          .height = 720};
}

StreamFacts Audio(int index = 1) {
  return {.kind = TrackKind::kAudio,
          .index = index,
          .codec = "aac",
          .profile = "LC",
          .language = "eng",
          .channels = 2,
          .sampling_rate = 48000};
}

MediaPlan PlanOf(std::vector<StreamFacts> streams, bool can_cut = true) {
  const auto plan = MakePlan({.streams = std::move(streams)}, can_cut);
  return plan ? *plan : MediaPlan{};
}

TEST(MediaPlan, CopiesWhatPlayersUnderstand) {
  EXPECT_THAT(
      PlanOf({Video(), Audio()}),
      ElementsAre(
          PlannedTrack{.kind = TrackKind::kVideo, .stream = 0, .copies = true},
          PlannedTrack{.kind = TrackKind::kAudio, .stream = 1, .copies = true, .language = "eng"}));
}

TEST(MediaPlan, TranscodesVideoThatCannotBeCut) {
  EXPECT_FALSE(PlanOf({Video()}, /*can_cut=*/false).at(0).copies);
}

struct UncommonVideo {
  const char* name;
  std::function<void(StreamFacts&)> change;
};
class UncommonVideoTest : public ::testing::TestWithParam<UncommonVideo> {};

TEST_P(UncommonVideoTest, IsTranscoded) {
  auto video = Video();
  GetParam().change(video);

  EXPECT_FALSE(PlanOf({video}).at(0).copies);
}

INSTANTIATE_TEST_SUITE_P(
    MediaPlan, UncommonVideoTest,
    ::testing::Values(UncommonVideo{"Codec", [](auto& video) { video.codec = "hevc"; }},
                      UncommonVideo{"Depth",
                                    [](auto& video) { video.pixel_format = "yuv420p10le"; }},
                      UncommonVideo{"Profile", [](auto& video) { video.profile = "High 4:4:4"; }},
                      UncommonVideo{"Rotation", [](auto& video) { video.rotation = 180; }},
                      UncommonVideo{"OddWidth", [](auto& video) { video.width = 1279; }},
                      UncommonVideo{"OddHeight", [](auto& video) { video.height = 719; }}),
    [](const auto& row) { return row.param.name; });

std::pair<int, int> SizeOf(StreamFacts video) {
  const auto track = PlanOf({std::move(video)}, /*can_cut=*/false).at(0);
  return {track.width, track.height};
}

TEST(MediaPlan, MakesSizesEvenAndFitsThemInto1080Lines) {
  auto video = Video();
  video.width = 161;
  video.height = 91;
  EXPECT_EQ(SizeOf(video), (std::pair{162, 92}));
  video.width = 7680;
  video.height = 4320;
  EXPECT_EQ(SizeOf(video), (std::pair{1920, 1080}));
  video.width = 1080;
  video.height = 2400;
  EXPECT_EQ(SizeOf(video), (std::pair{486, 1080}));
  video.width = 16384;
  video.height = 2;
  EXPECT_EQ(SizeOf(video), (std::pair{1920, 2}));
}

TEST(MediaPlan, TurnsThePictureAndMakesPixelsSquare) {
  auto video = Video();
  video.rotation = -90;
  EXPECT_EQ(SizeOf(video), (std::pair{608, 1080}));
  video.rotation = 0;
  video.width = 720;
  video.height = 576;
  video.pixel_aspect = 16.0 / 15;
  EXPECT_EQ(SizeOf(video), (std::pair{768, 576}));
}

TEST(MediaPlan, TranscodesOtherAudioToStereo) {
  auto audio = Audio(0);
  audio.codec = "mp3";
  audio.sampling_rate = 44100;
  EXPECT_EQ(PlanOf({audio}).at(0).sampling_rate, 44100);
  audio.sampling_rate = 192000;
  EXPECT_EQ(PlanOf({audio}).at(0).sampling_rate, 48000);
  EXPECT_FALSE(PlanOf({audio}).at(0).copies);
}

TEST(MediaPlan, TakesTheFirstVideoAndAllAudio) {
  auto second = Video();
  second.index = 3;

  EXPECT_THAT(PlanOf({Audio(1), Video(), Audio(2), second}),
              ElementsAre(Field(&PlannedTrack::stream, 0), Field(&PlannedTrack::stream, 1),
                          Field(&PlannedTrack::stream, 2)));
}

TEST(MediaPlan, LimitsTheNumberOfTracks) {
  const std::vector<StreamFacts> streams(1000, Audio());

  EXPECT_EQ(PlanOf(streams).size(), 16U);
}

TEST(MediaPlan, TakesOnlyLanguagesOfThreeLetters) {
  auto audio = Audio();
  audio.language = "../x";
  EXPECT_EQ(PlanOf({audio}).at(0).language, "und");
}

TEST(MediaPlan, NeedsAStream) {
  const auto plan = MakePlan({}, false);

  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, JobError::kUnsupportedFormat);
}

const MediaTools kTestTools{.ffmpeg = "/bin/ffmpeg", .ffprobe = "/bin/ffprobe"};

// The argument after `option`.
std::string After(const std::vector<std::string>& command, const std::string& option) {
  const auto found = std::find(command.begin(), command.end(), option);
  return found == command.end() || found + 1 == command.end() ? "" : found[1];
}

TEST(MediaCommands, OpenFilesOfMediaFormatsOnly) {
  for (const auto& command :
       {ProbeCommand(kTestTools), PacketsCommand(kTestTools, 0), PosterCommand(kTestTools),
        NormalizeCommand(kTestTools, {{}}), PackageCommand(kTestTools, {{}})}) {
    EXPECT_EQ(After(command, "-protocol_whitelist"), "file");
    EXPECT_EQ(After(command, "-i"), "/proc/self/fd/3");
    const auto formats = ',' + After(command, "-format_whitelist") + ',';
    for (const char* format : {",hls,", ",concat,", ",dash,", ",image2,", ",sdp,", ",imf,"}) {
      EXPECT_EQ(formats.find(format), std::string::npos) << format;
    }
  }
}

TEST(MediaCommands, NormalizeEachTrackInItsOwnWay) {
  const auto command = NormalizeCommand(
      kTestTools, {{.kind = TrackKind::kVideo, .stream = 2, .width = 320, .height = 180},
                   {.kind = TrackKind::kAudio, .stream = 0, .copies = true, .language = "deu"}});

  EXPECT_EQ(After(command, "-map"), "0:2");
  EXPECT_EQ(After(command, "-c:v:0"), "libx264");
  EXPECT_EQ(After(command, "-filter:v:0"), "scale=320:180,setsar=1");
  EXPECT_EQ(After(command, "-c:a:0"), "copy");
  EXPECT_EQ(After(command, "-metadata:s:a:0"), "language=deu");
  EXPECT_EQ(command.back(), "/proc/self/fd/4");
}

TEST(MediaCommands, GiveEachOutputItsDescriptors) {
  using enum PackagedOutput::Form;
  const auto command = PackageCommand(kTestTools, {{.form = kFragmentedMp4, .streams = {0}},
                                                   {.form = kTransportStream, .streams = {0, 1}}});

  EXPECT_THAT(command, Contains("/proc/self/fd/4"));
  EXPECT_EQ(After(command, "-hls_segment_filename"), "/proc/self/fd/5");
  EXPECT_EQ(command.back(), "/proc/self/fd/6");
}

}  // namespace
}  // namespace msc::processing
