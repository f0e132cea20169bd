#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <msc/emulator.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"
#include "tests/unit/base/temporary_folder.h"

namespace msc {

// How long a test waits for ffmpeg.
inline constexpr std::chrono::minutes kLongestJob{2};

inline std::string ClipBytes() {
  return testing::ReadFile(std::string(MSC_FIXTURES) + "/media/clip.mp4");
}

// Uploads and marks complete.
inline testing::CreatedVideo Submit(const Emulator& emulator, const std::string& bytes,
                                    const std::string& more_members = "") {
  auto video = testing::CreateVideo(emulator.Port(), more_members);
  EXPECT_EQ(testing::Upload(emulator.Port(), video, bytes), 201);
  EXPECT_EQ(testing::MarkComplete(emulator.Port(), video), 200);
  return video;
}

inline bool Reaches(Emulator& emulator, const testing::CreatedVideo& video, VideoState state) {
  return emulator.WaitForState(video.id, state, kLongestJob);
}

// Waits until the work on the upload is done, which need not complete the video.
inline MediaInfo WaitForMedia(Emulator& emulator, const testing::CreatedVideo& video) {
  MediaInfo media = emulator.Video(video.id)->media;
  while (media.state == MediaInfo::State::kWorking) {
    (void)emulator.WaitForState(video.id, VideoState::kCompleted, std::chrono::milliseconds(50));
    media = emulator.Video(video.id)->media;
  }
  return media;
}

// "/<locator>/<file>.ism/Manifest(…)". `type`: of the endpoint, such as "HLS".
inline std::string PlaybackTarget(const Emulator& emulator, const testing::CreatedVideo& video,
                                  const std::string& type) {
  const auto answer = testing::Call(
      emulator.Port(), "GET", "/api/Videos/" + video.id + "/PlaybackEndpoint?endpointType=" + type);
  const auto url = testing::StringMember(testing::BodyOf(answer), "PlaybackUrl");
  return testing::TargetOf(url.value_or("http://none/" + answer));
}

inline std::string GetBody(const Emulator& emulator, const std::string& target) {
  const auto answer = testing::Call(emulator.Port(), "GET", target);
  EXPECT_EQ(testing::StatusOf(answer), 200) << target << '\n' << answer;
  return testing::BodyOf(answer);
}

// What the first line of a playlist that is no comment refers to.
inline std::string FirstEntry(const std::string& playlist, const std::string& target) {
  std::size_t begin = 0;
  while (begin < playlist.size() && playlist[begin] == '#') {
    begin = playlist.find('\n', begin) + 1;
  }
  return target.substr(0, target.rfind('/') + 1) +
         playlist.substr(begin, playlist.find('\n', begin) - begin);
}

// The target of the first fragment of the video, as a player of HLS finds it.
inline std::string FragmentTarget(const Emulator& emulator, const testing::CreatedVideo& video) {
  const auto master = PlaybackTarget(emulator, video, "HLS");
  const auto playlist = FirstEntry(GetBody(emulator, master), master);
  return FirstEntry(GetBody(emulator, playlist), playlist);
}

inline std::string FirstFragment(const Emulator& emulator, const testing::CreatedVideo& video) {
  return GetBody(emulator, FragmentTarget(emulator, video));
}

// Whether the program succeeds. REQUIRES: it writes little.
inline bool Succeeds(const std::vector<std::string>& command) {
  try {
    testing::ChildProcess child(command);
    child.EndInput();
    return child.Wait() == 0;
  } catch (const std::runtime_error&) {
    return false;
  }
}

// Needs ffmpeg.
class MediaTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const bool has_ffmpeg = Succeeds({"ffmpeg", "-version"}) && Succeeds({"ffprobe", "-version"});
    ASSERT_TRUE(has_ffmpeg || std::getenv("CI") == nullptr) << "there is no ffmpeg";
    if (!has_ffmpeg) GTEST_SKIP() << "there is no ffmpeg";
  }

  // A file with ten minutes of a video that must be transcoded: nothing that a test could wait for.
  std::string LongBytes() {
    const auto two_seconds = folder_.File("2s.mp4");
    const auto all = folder_.File("long.mp4");
    EXPECT_TRUE(Succeeds({"ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i",
                          "testsrc2=size=1280x720:rate=25:duration=2", "-c:v", "mpeg4", "-q:v",
                          "20", two_seconds}));
    EXPECT_TRUE(Succeeds({"ffmpeg", "-nostdin", "-v", "error", "-stream_loop", "299", "-i",
                          two_seconds, "-c", "copy", all}));
    return testing::ReadFile(all);
  }

  const testing::TemporaryFolder folder_;
};

}  // namespace msc
