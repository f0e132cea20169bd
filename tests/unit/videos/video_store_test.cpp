#include "emulator/videos/video_store.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "emulator/processing/program_error.h"
#include "emulator/videos/video_error.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;

// A folder of its own for each test.
class VideoStoreTest : public ::testing::Test {
 protected:
  VideoStoreTest() {
    std::string path = (std::filesystem::temp_directory_path() / "videos-XXXXXX").string();
    directory_ = ::mkdtemp(path.data());
  }
  ~VideoStoreTest() override { std::filesystem::remove_all(directory_); }

  std::string directory_;
  Clock clock_{Time(1'427'139'307'000ms)};
  const Video video_{.id = "ee0dfd10-4a38-469f-98dc-2c8e34de0be8",
                     .asset_id = "a",
                     .file_id = "f",
                     .extension = "mp4",
                     .original_name = "holiday.mp4",
                     .policy_id = "p",
                     .locator_id = "l",
                     .upload_starts = clock_.Now(),
                     .key_id = "k",
                     .input_encryption = InputEncryption{.key = std::string("\0k", 2),
                                                         .iv = std::string("\0v", 2)}};
};

TEST_F(VideoStoreTest, FindsWhatAnEarlierOneKept) {
  ASSERT_TRUE(VideoStore(directory_, clock_).Insert(video_));

  const auto found = VideoStore(directory_, clock_).Find(video_.id);

  ASSERT_TRUE(found);
  EXPECT_EQ(*found, video_);
}

TEST_F(VideoStoreTest, KeepsTheProgressAcrossARestart) {
  const processing::Progress progress = {.state = VideoState::kProcessing,
                                         .next = clock_.Now() + 5s,
                                         .polls_left = 3,
                                         .rest = {{.polls = 2}, {.state = VideoState::kFailed}},
                                         .program = {{.duration = 1s}},
                                         .failure_code = 7,
                                         .failure_reason = "why"};
  ASSERT_TRUE(VideoStore(directory_, clock_).Insert(video_));

  ASSERT_TRUE(VideoStore(directory_, clock_).Change(video_.id, [&](auto& edited, Time) -> Status {
    edited = progress;
    return Done{};
  }));

  EXPECT_EQ(VideoStore(directory_, clock_).Find(video_.id)->progress, progress);
}

TEST_F(VideoStoreTest, ChangesNothingWhereTheEditRefuses) {
  VideoStore store("", clock_);
  ASSERT_TRUE(store.Insert(video_));

  const auto changed = store.Change(video_.id, [&](auto& edited, Time) -> Status {
    edited.state = VideoState::kFailed;
    return Error{processing::ProgramError::kVideoEnded};
  });

  EXPECT_FALSE(changed);
  EXPECT_EQ(store.Find(video_.id)->state(), VideoState::kPending);
}

TEST_F(VideoStoreTest, FindsNothingUnderAnotherId) {
  VideoStore store("", clock_);
  ASSERT_TRUE(store.Insert(video_));

  EXPECT_FALSE(store.Find("x"));
  EXPECT_FALSE(store.FindStatus("x"));
  EXPECT_FALSE(store.Describe("x"));
  EXPECT_FALSE(store.Delete("x"));
}

TEST_F(VideoStoreTest, RefusesAnIdTwice) {
  VideoStore store("", clock_);
  ASSERT_TRUE(store.Insert(video_));

  const auto again = store.Insert(video_);

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, VideoError::kVideoExists);
}

TEST_F(VideoStoreTest, DeletesOnce) {
  VideoStore store("", clock_);
  ASSERT_TRUE(store.Insert(video_));

  EXPECT_TRUE(store.Delete(video_.id));
  EXPECT_FALSE(store.Delete(video_.id));
}

}  // namespace
}  // namespace msc::videos
