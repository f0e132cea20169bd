#include <gtest/gtest.h>

#include <semaphore>
#include <thread>

#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;
using enum VideoState;

class FireDueTest : public VideosFixture {
 protected:
  FireDueTest() : VideosFixture({.processing_time = 5s}) {
    service_.Listen({.on_transition = [this](const Transition& told) { told_.push_back(told); }});
  }

  std::string CreateMarked() const {
    auto id = CreateId();
    MarkComplete(id);
    return id;
  }

  Transition Completes(const std::string& id, Time at) const {
    return {.at = at, .video_id = id, .from = kProcessing, .to = kCompleted};
  }

  // Written under the store's lock alone.
  std::vector<Transition> told_;
  const Time start_ = clock_.Now();
};

TEST_F(FireDueTest, TellsTransitionsByInstantThenByCreation) {
  const auto first = CreateId();
  const auto second = CreateMarked();
  MarkComplete(first);
  ASSERT_TRUE(service_.SetProgram(second, Program::AfterTime(5s)));
  const auto third = CreateId();
  ASSERT_TRUE(service_.SetProgram(third, Program::AfterTime(1s)));
  MarkComplete(third);

  clock_.Advance(1h);

  EXPECT_EQ(service_.FireDue(),
            (std::vector{Completes(third, start_ + 1s), Completes(first, start_ + 5s),
                         Completes(second, start_ + 5s)}));
}

TEST_F(FireDueTest, TellsATransitionOnce) {
  CreateMarked();
  clock_.Advance(5s);

  EXPECT_EQ(service_.FireDue().size(), 1U);
  EXPECT_TRUE(service_.FireDue().empty());
}

TEST_F(FireDueTest, TellsNothingBeforeItsTime) {
  CreateMarked();
  clock_.Advance(4999ms);

  EXPECT_TRUE(service_.FireDue().empty());
}

TEST_F(FireDueTest, PublishesWhatClientsAndTimeDo) {
  const auto id = CreateMarked();
  clock_.Advance(1h);
  service_.FireDue();

  EXPECT_EQ(told_, (std::vector<Transition>{
                       {.at = start_, .video_id = id, .from = kPending, .to = kProcessing},
                       Completes(id, start_ + 5s)}));
}

TEST_F(FireDueTest, PublishesWhatAPollFoundOut) {
  const auto id = CreateMarked();
  clock_.Advance(1h);

  EXPECT_EQ(StateOf(id), "Completed");

  EXPECT_TRUE(service_.FireDue().empty());
  EXPECT_EQ(told_.back(), Completes(id, start_ + 5s));
}

TEST_F(FireDueTest, SkipsProcessingWhereItTakesNoTime) {
  ASSERT_TRUE(service_.SetDefaultProgram(Program::AfterTime(0s)));
  const auto id = CreateMarked();

  EXPECT_EQ(told_, (std::vector<Transition>{
                       {.at = start_, .video_id = id, .from = kPending, .to = kCompleted}}));
}

TEST_F(FireDueTest, IsNotNeededToReadWhatTimeHasDone) {
  const auto id = CreateMarked();
  clock_.Advance(1h);

  const auto video = service_.Find(id);

  EXPECT_EQ(video->state, kCompleted);
  EXPECT_EQ(video->history.size(), 2U);
  EXPECT_EQ(video->history.back(), Completes(id, start_ + 5s));
  EXPECT_EQ(*service_.State(id), kCompleted);
  EXPECT_TRUE(service_.Pending().empty());
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(FireDueTest, LeavesTheHistoryAsItWasRead) {
  const auto id = CreateMarked();
  clock_.Advance(1h);
  const auto before = service_.Find(id)->history;

  service_.FireDue();

  EXPECT_EQ(service_.Find(id)->history, before);
  EXPECT_EQ(told_, before);
}

TEST_F(FireDueTest, KnowsWhatIsToCome) {
  const auto slow = CreateMarked();
  const auto fast = CreateId();
  ASSERT_TRUE(service_.SetProgram(fast, Program::AfterTime(2s)));
  MarkComplete(fast);
  const auto held = CreateMarked();
  ASSERT_TRUE(service_.SetProgram(held, Program::Hold()));
  CreateId();

  EXPECT_EQ(service_.Pending(),
            (std::vector{Completes(fast, start_ + 2s), Completes(slow, start_ + 5s)}));
  EXPECT_EQ(service_.NextChange(), start_ + 2s);
}

TEST_F(FireDueTest, KnowsWhenNothingIsToCome) {
  CreateId();

  EXPECT_EQ(service_.NextChange(), std::nullopt);
}

TEST_F(FireDueTest, StatusIsToldWhileSomebodyWrites) {
  const auto id = CreateMarked();
  std::binary_semaphore begun(0), end(0);
  std::jthread writer([&] {
    const auto transaction = database_.Write();
    begun.release();
    end.acquire();
  });
  begun.acquire();

  EXPECT_EQ(StateOf(id), "Processing");
  EXPECT_EQ(*service_.State(id), kProcessing);
  end.release();
}

TEST_F(FireDueTest, HappensOnceUnderManyThreads) {
  std::vector<std::string> ids(20);
  for (auto& id : ids) id = CreateMarked();
  told_.clear();
  std::vector<std::thread> threads(16);

  for (auto& thread : threads) {
    thread = std::thread([&] {
      service_.FireDue();
      for (const auto& id : ids) StateOf(id);
    });
  }
  clock_.Advance(1h);
  for (auto& thread : threads) thread.join();
  service_.FireDue();

  EXPECT_EQ(told_.size(), ids.size());
  for (const auto& id : ids) EXPECT_EQ(service_.Find(id)->history.size(), 2U);
}

}  // namespace
}  // namespace msc::videos
