#include <gtest/gtest.h>

#include <optional>

#include "emulator/processing/progress.h"

namespace msc::processing {
namespace {

using namespace std::chrono_literals;
using enum VideoState;

constexpr Time kMarked{1'427'139'307'000ms};
const Step kUnplayable = {.state = kFailed, .code = 7, .reason = "no media"};

// Started at kMarked with media work that has not ended.
Progress WithMedia(const Program& program) {
  Progress progress{.awaits_media = true};
  Start(progress, program, kMarked);
  return progress;
}

TEST(MediaProgress, CompletesWhenMediaEndsIfTheTimerWasFirst) {
  auto progress = WithMedia(Program::AfterTime(10s));

  const auto fired = FireDue("v", progress, kMarked + 1h);
  EXPECT_FALSE(fired);
  EXPECT_EQ(progress.state, kProcessing);
  EndMedia(progress, std::nullopt, kMarked + 2h);

  EXPECT_EQ(progress.state, kCompleted);
}

TEST(MediaProgress, CompletesByTheTimerIfMediaEndedFirst) {
  auto progress = WithMedia(Program::AfterTime(10s));

  EndMedia(progress, std::nullopt, kMarked + 1s);
  EXPECT_EQ(progress.state, kProcessing);
  const auto fired = FireDue("v", progress, kMarked + 10s);

  ASSERT_TRUE(fired);
  EXPECT_EQ(fired->to, kCompleted);
}

TEST(MediaProgress, FailsWhenTheTimerEndsIfMediaFailedFirst) {
  auto progress = WithMedia(Program::AfterTime(10s));

  EndMedia(progress, kUnplayable, kMarked + 1s);
  EXPECT_EQ(progress.state, kProcessing);
  (void)FireDue("v", progress, kMarked + 10s);

  EXPECT_EQ(progress.state, kFailed);
  EXPECT_EQ(progress.failure_code, 7);
}

TEST(MediaProgress, FailsAtOnceIfOnlyMediaWasAwaited) {
  auto progress = WithMedia(Program::Immediate());

  EXPECT_EQ(progress.state, kProcessing);
  EndMedia(progress, kUnplayable, kMarked);

  EXPECT_EQ(progress.state, kFailed);
  EXPECT_EQ(progress.failure_reason, "no media");
}

TEST(MediaProgress, HoldsForEverEvenIfMediaFails) {
  auto progress = WithMedia(Program::Hold());

  EndMedia(progress, kUnplayable, kMarked);

  EXPECT_EQ(progress.state, kProcessing);
  EXPECT_TRUE(progress.rest.empty());
}

TEST(MediaProgress, FailsByItsProgramWhateverMediaDoes) {
  auto progress = WithMedia({{{.duration = 5s}, {.state = kFailed, .code = 3}}});

  (void)FireDue("v", progress, kMarked + 5s);
  EXPECT_EQ(progress.state, kFailed);
  EndMedia(progress, std::nullopt, kMarked + 6s);

  EXPECT_EQ(progress.failure_code, 3);
}

TEST(MediaProgress, StaysInTheLastPollUntilMediaEnds) {
  auto progress = WithMedia(Program::AfterPolls(1));

  Poll(progress, kMarked);
  Poll(progress, kMarked);
  EXPECT_EQ(progress.state, kProcessing);
  EndMedia(progress, std::nullopt, kMarked);

  EXPECT_EQ(progress.state, kCompleted);
}

TEST(MediaProgress, EndsWithoutMediaIfItIsTold) {
  auto progress = WithMedia(Program::AfterTime(10s));

  End(progress, {.state = kCompleted}, kMarked);

  EXPECT_EQ(progress.state, kCompleted);
  EXPECT_TRUE(progress.awaits_media);
}

}  // namespace
}  // namespace msc::processing
