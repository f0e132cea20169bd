#include "emulator/base/clock.h"

#include <gtest/gtest.h>

#include <thread>

namespace msc {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Time kStart{seconds(1'719'748'800)};  // 2024-06-30T12:00:00Z

TEST(FrozenClock, DoesNotMoveByItself) {
  const Clock clock(kStart);

  EXPECT_EQ(clock.Now(), kStart);
  EXPECT_EQ(clock.Now(), kStart);
}

TEST(FrozenClock, MovesWhenTold) {
  Clock clock(kStart);

  EXPECT_EQ(clock.Advance(minutes(5)), kStart + minutes(5));
  EXPECT_EQ(clock.Advance(milliseconds(1)), kStart + minutes(5) + milliseconds(1));
  EXPECT_EQ(clock.Now(), kStart + minutes(5) + milliseconds(1));
}

TEST(FrozenClock, LosesNoMoveOfTwoThreads) {
  Clock clock(kStart);
  const auto advance = [&clock] {
    for (int i = 0; i < 1'000; ++i) clock.Advance(milliseconds(1));
  };

  std::thread other(advance);
  advance();
  other.join();

  EXPECT_EQ(clock.Now(), kStart + seconds(2));
}

TEST(RunningClock, NeverGoesBack) {
  const Clock clock;
  Time last = clock.Now();
  for (int i = 0; i < 10'000; ++i) {
    const Time now = clock.Now();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST(RunningClock, KeepsWhatItWasAdvanced) {
  Clock clock;
  const Time before = clock.Now();

  clock.Advance(minutes(5));

  EXPECT_GE(clock.Now(), before + minutes(5));
  EXPECT_LT(clock.Now(), before + minutes(10));
}

}  // namespace
}  // namespace msc
