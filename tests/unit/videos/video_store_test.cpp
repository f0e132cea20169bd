#include "emulator/videos/video_store.h"

#include <gtest/gtest.h>

#include <functional>
#include <semaphore>
#include <thread>

#include "emulator/processing/program_error.h"
#include "emulator/videos/video_error.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;

class VideoStoreTest : public ::testing::Test {
 protected:
  Status Insert(VideoStore& store) {
    auto transaction = database_.Write();
    auto inserted = store.Insert(transaction, video_);
    if (inserted) transaction.Commit();
    return inserted;
  }

  Status Delete(VideoStore& store, std::string_view id) {
    auto transaction = database_.Write();
    auto deleted = store.Delete(transaction, id);
    if (deleted) transaction.Commit();
    return deleted;
  }

  static VideoStore::Edit SetState(VideoState state) {
    return [state](processing::Progress& progress, Time) -> Status {
      progress.state = state;
      return Done{};
    };
  }

  // Videos "0", "1", … whose processing ends at `end`.
  void InsertMany(VideoStore& store, int count, Time end) {
    auto transaction = database_.Write();
    for (int i = 0; i < count; ++i) {
      Video video = video_;
      video.id = video.asset_id = std::to_string(i);
      video.key_id = video.locator_id = video.id;
      EXPECT_TRUE(store.Insert(transaction, video));
      EXPECT_TRUE(store.Change(transaction, video.id, [&](processing::Progress& progress, Time) {
        progress.state = VideoState::kProcessing;
        progress.next = end;
        progress.rest = {{.state = VideoState::kCompleted}};
        return Status(Done{});
      }));
    }
    transaction.Commit();
  }

  // Lets `act` run while a transaction that writes is open in another thread.
  void WhileSomebodyWrites(const std::function<void()>& act) {
    std::binary_semaphore begun(0), end(0);
    std::jthread writer([&] {
      const auto transaction = database_.Write();
      begun.release();
      end.acquire();
    });
    begun.acquire();
    act();
    end.release();
  }

  sqlite::Database database_{""};
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
  VideoStore earlier(database_, clock_);
  ASSERT_TRUE(Insert(earlier));

  const auto found = VideoStore(database_, clock_).Find(video_.id);

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
  VideoStore earlier(database_, clock_);
  ASSERT_TRUE(Insert(earlier));

  ASSERT_TRUE(earlier.Change(video_.id, [&](auto& edited, Time) -> Status {
    edited = progress;
    return Done{};
  }));

  EXPECT_EQ(VideoStore(database_, clock_).Find(video_.id)->progress, progress);
}

TEST_F(VideoStoreTest, ChangesNothingWhereTheEditRefuses) {
  VideoStore store(database_, clock_);
  ASSERT_TRUE(Insert(store));

  const auto changed = store.Change(video_.id, [&](auto& edited, Time) -> Status {
    edited.state = VideoState::kFailed;
    return Error{processing::ProgramError::kVideoEnded};
  });

  EXPECT_FALSE(changed);
  EXPECT_EQ(store.Find(video_.id)->state(), VideoState::kPending);
}

TEST_F(VideoStoreTest, FindsNothingUnderAnotherId) {
  VideoStore store(database_, clock_);
  ASSERT_TRUE(Insert(store));

  EXPECT_FALSE(store.Find("x"));
  EXPECT_FALSE(store.FindStatus("x"));
  EXPECT_FALSE(store.Describe("x"));
  EXPECT_FALSE(Delete(store, "x"));
}

TEST_F(VideoStoreTest, RefusesAnIdTwice) {
  VideoStore store(database_, clock_);
  ASSERT_TRUE(Insert(store));

  const auto again = Insert(store);

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, VideoError::kVideoExists);
}

TEST_F(VideoStoreTest, DeletesOnce) {
  VideoStore store(database_, clock_);
  ASSERT_TRUE(Insert(store));

  EXPECT_TRUE(Delete(store, video_.id));
  EXPECT_FALSE(Delete(store, video_.id));
}

TEST_F(VideoStoreTest, TellsAStatusWhileSomebodyWrites) {
  VideoStore store(database_, clock_);
  ASSERT_TRUE(Insert(store));
  ASSERT_TRUE(store.Change(video_.id, [](auto& edited, Time) -> Status {
    edited.state = VideoState::kProcessing;
    return Done{};
  }));

  WhileSomebodyWrites(
      [&] { EXPECT_EQ(store.FindStatus(video_.id)->state, VideoState::kProcessing); });
}

TEST_F(VideoStoreTest, RemembersTheStatusOfAnEarlierOneOnceItWasRead) {
  VideoStore earlier(database_, clock_), store(database_, clock_);
  ASSERT_TRUE(Insert(earlier));
  ASSERT_TRUE(store.FindStatus(video_.id));

  WhileSomebodyWrites([&] { EXPECT_TRUE(store.FindStatus(video_.id)); });
}

TEST_F(VideoStoreTest, TellsNoStatusThatWasTakenBack) {
  VideoStore store(database_, clock_);
  ASSERT_TRUE(Insert(store));
  {
    auto transaction = database_.Write();
    ASSERT_TRUE(store.Change(transaction, video_.id, [](auto& edited, Time) -> Status {
      edited.state = VideoState::kFailed;
      return Done{};
    }));
    ASSERT_TRUE(store.Delete(transaction, video_.id));
  }

  EXPECT_EQ(store.FindStatus(video_.id)->state, VideoState::kPending);
}

TEST_F(VideoStoreTest, TellsTheStatusOfRecordsThatWereReplaced) {
  VideoStore store(database_, clock_);
  const std::string empty = database_.Image();
  ASSERT_TRUE(Insert(store));
  {
    auto transaction = database_.Read();
    transaction.Load(empty);
    store.OnRecordsReplaced();
  }

  EXPECT_FALSE(store.FindStatus(video_.id));
}

TEST(StatusCache, HoldsALimitedNumber) {
  StatusCache statuses;
  for (std::size_t i = 0; i <= StatusCache::kMost; ++i) statuses.Put(std::to_string(i), {});
  std::size_t held = 0;
  for (std::size_t i = 0; i <= StatusCache::kMost; ++i) {
    if (statuses.Find(std::to_string(i))) ++held;
  }

  EXPECT_EQ(held, StatusCache::kMost);
}

TEST_F(VideoStoreTest, CountsVideosByState) {
  VideoStore store(database_, clock_);
  EXPECT_EQ(store.Count(), VideoCounts());

  ASSERT_TRUE(Insert(store));
  EXPECT_EQ(store.Count(), (VideoCounts{1, 0, 0, 0}));

  ASSERT_TRUE(store.Change(video_.id, SetState(VideoState::kFailed)));
  EXPECT_EQ(store.Count(), (VideoCounts{0, 0, 0, 1}));
  EXPECT_EQ(VideoStore(database_, clock_).Count(), store.Count());

  ASSERT_TRUE(Delete(store, video_.id));
  EXPECT_EQ(store.Count(), VideoCounts());
}

TEST_F(VideoStoreTest, CountsNothingThatWasTakenBack) {
  VideoStore store(database_, clock_);
  EXPECT_EQ(store.Count(), VideoCounts());

  {
    auto transaction = database_.Write();
    EXPECT_TRUE(store.Insert(transaction, video_));
  }

  EXPECT_EQ(store.Count(), VideoCounts());
}

TEST_F(VideoStoreTest, CountsTransitionsThatTimeMakes) {
  VideoStore store(database_, clock_);
  InsertMany(store, 1200, clock_.Now());
  EXPECT_EQ(store.Count(), (VideoCounts{0, 1200, 0, 0}));

  EXPECT_EQ(store.FireDue().size(), 1200u);

  EXPECT_EQ(store.Count(), (VideoCounts{0, 0, 1200, 0}));
  EXPECT_EQ(VideoStore(database_, clock_).Count(), store.Count());
}

TEST_F(VideoStoreTest, DescribesVideosPageByPage) {
  VideoStore store(database_, clock_);
  InsertMany(store, 5, clock_.Now());

  const auto first = store.DescribePage({.most = 3});
  const auto rest = store.DescribePage({.after = first.back().number, .most = 3});

  ASSERT_EQ(first.size(), 3u);
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(first[2].video.id, "2");
  EXPECT_EQ(rest[0].video.id, "3");
  EXPECT_EQ(*store.NumberOf("2"), first[2].number);
  EXPECT_FALSE(store.NumberOf("7"));
}

}  // namespace
}  // namespace msc::videos
