#include "emulator/videos/video_store.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

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
                     .policy_id = "p",
                     .locator_id = "l",
                     .upload_starts = clock_.Now(),
                     .key_id = "k",
                     .input_encryption = InputEncryption{.key = std::string("\0k", 2),
                                                         .iv = std::string("\0v", 2)}};
};

TEST_F(VideoStoreTest, FindsWhatAnEarlierOneKept) {
  VideoStore(directory_, clock_).Insert(video_);

  const auto found = VideoStore(directory_, clock_).Find(video_.id);

  ASSERT_TRUE(found);
  EXPECT_EQ(*found, video_);
}

TEST_F(VideoStoreTest, KeepsWhenAVideoCompletesAcrossARestart) {
  {
    VideoStore first(directory_, clock_);
    first.Insert(video_);
    first.MarkComplete(video_.id, 5s);
  }
  clock_.Advance(1h);

  const auto progress = VideoStore(directory_, clock_).FindProgress(video_.id);

  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->completes, Time(1'427'139'312'000ms));
}

TEST_F(VideoStoreTest, MarksOnce) {
  VideoStore store("", clock_);
  store.Insert(video_);

  store.MarkComplete(video_.id, 5s);
  clock_.Advance(1s);
  store.MarkComplete(video_.id, 5s);

  EXPECT_EQ(store.Find(video_.id)->completes, Time(1'427'139'312'000ms));
}

TEST_F(VideoStoreTest, FindsNothingUnderAnotherId) {
  VideoStore store("", clock_);
  store.Insert(video_);

  EXPECT_FALSE(store.Find("x"));
  EXPECT_FALSE(store.FindProgress("x"));
  EXPECT_FALSE(store.Delete("x"));
}

TEST_F(VideoStoreTest, RefusesAnIdTwice) {
  VideoStore store("", clock_);
  store.Insert(video_);

  EXPECT_THROW(store.Insert(video_), std::runtime_error);
}

TEST_F(VideoStoreTest, DeletesOnce) {
  VideoStore store("", clock_);
  store.Insert(video_);

  EXPECT_TRUE(store.Delete(video_.id));
  EXPECT_FALSE(store.Delete(video_.id));
}

}  // namespace
}  // namespace msc::videos
