#include "emulator/control/journal/journal.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <thread>

#include "emulator/control/events/event_log.h"
#include "emulator/control/events/event_stream.h"

namespace msc::control {
namespace {

using namespace std::chrono_literals;

class JournalTest : public ::testing::Test {
 protected:
  void Add(int count, std::size_t body = 0) {
    for (int i = 0; i < count; ++i) {
      journal_.Add({.operation = Operation::kGetStatus}, {.request = std::string(body, 'a')});
    }
  }

  std::size_t BytesKept() const {
    std::size_t bytes = 0;
    for (const auto& entry : journal_.All()) {
      if (entry.bodies) bytes += entry.bodies->request.size();
    }
    return bytes;
  }

  Journal journal_;
};

TEST_F(JournalTest, KeepsTheLastOnes) {
  Add(1001);

  EXPECT_EQ(journal_.All().size(), Journal::kRequests);
  EXPECT_EQ(journal_.All().front().record->id, 2u);
  EXPECT_FALSE(journal_.Get(1).has_value());
}

TEST_F(JournalTest, KeepsExactlySoManyBytesOfBodies) {
  Add(128, 64 * 1024);
  EXPECT_EQ(BytesKept(), Journal::kBodyBytes);
  EXPECT_NE(journal_.All().front().bodies, nullptr);

  Add(1, 1);

  EXPECT_EQ(journal_.All().front().bodies, nullptr);
  EXPECT_EQ(BytesKept(), Journal::kBodyBytes - 64 * 1024 + 1);
}

TEST_F(JournalTest, CountsBytesRightWhileBothBoundsPush) {
  Add(2500, 20'000);
  EXPECT_LE(BytesKept(), Journal::kBodyBytes);
  EXPECT_GT(BytesKept(), Journal::kBodyBytes - 20'000);

  Add(1000);

  EXPECT_EQ(BytesKept(), 0u);
  Add(10, 64 * 1024);
  EXPECT_EQ(BytesKept(), 10u * 64 * 1024);
}

TEST_F(JournalTest, CountsAnewWhenItIsCleared) {
  Add(200, 64 * 1024);

  journal_.Clear();
  Add(128, 64 * 1024);

  EXPECT_EQ(BytesKept(), Journal::kBodyBytes);
  EXPECT_EQ(journal_.All().front().record->id, 201u);
}

TEST_F(JournalTest, AnEntryStaysValidAfterItIsDropped) {
  const auto entry = journal_.Add({}, {.request = "body"});

  Add(2000, 64 * 1024);

  EXPECT_EQ(entry.bodies->request, "body");
}

TEST_F(JournalTest, EndEndsAWait) {
  bool came = true;
  std::thread waiter([&] { came = journal_.WaitFor(RequestMatcher(), 1, 1h); });

  journal_.End();

  waiter.join();
  EXPECT_FALSE(came);
}

TEST_F(JournalTest, AWaitEndsWhenNobodyNeedsItAnyMore) {
  EXPECT_FALSE(journal_.WaitFor(RequestMatcher(), 1, 1h, [] { return true; }));
}

TEST(EventLog, AWaitEndsWhenNobodyNeedsItAnyMore) {
  EXPECT_TRUE(EventLog().WaitFor(0, 1h, [] { return true; }).empty());
}

TEST(EventStream, EndsWhenItsClientHasGone) {
  const EventLog log;
  EventStream stream(log, 0, [] { return true; });
  std::array<char, 100> buffer;
  EXPECT_GT(stream.Read(buffer), 0u);

  EXPECT_EQ(stream.Read(buffer), 0u);
}

TEST_F(JournalTest, AWaitCountsWhatWasThereAndWhatComes) {
  Add(2);
  std::thread writer([&] { Add(1); });

  EXPECT_TRUE(journal_.WaitFor(RequestMatcher(), 3, 1h));

  writer.join();
}

}  // namespace
}  // namespace msc::control
