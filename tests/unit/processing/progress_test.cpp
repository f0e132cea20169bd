#include "emulator/processing/progress.h"

#include <gtest/gtest.h>

namespace msc::processing {
namespace {

using namespace std::chrono_literals;

constexpr Time kMarked{1'427'139'307'000ms};
constexpr Time kCompletes = kMarked + 10s;

TEST(Progress, IsPendingUntilMarkedComplete) {
  EXPECT_EQ(StateAt(std::nullopt, Time::max()), VideoState::kPending);
}

TEST(Progress, IsProcessingFromTheInstantOfMarkComplete) {
  EXPECT_EQ(StateAt(CompletesAt(kMarked, 10s), kMarked), VideoState::kProcessing);
}

TEST(Progress, IsProcessingUntilTheLastMillisecond) {
  EXPECT_EQ(StateAt(kCompletes, kCompletes - 1ms), VideoState::kProcessing);
}

TEST(Progress, IsCompletedAtTheInstantItCompletes) {
  EXPECT_EQ(StateAt(kCompletes, kCompletes), VideoState::kCompleted);
}

TEST(Progress, StaysCompletedHoweverFarTheClockJumps) {
  EXPECT_EQ(StateAt(kCompletes, Time::max()), VideoState::kCompleted);
}

TEST(Progress, IsCompletedAtOnceWhereProcessingTakesNoTime) {
  EXPECT_EQ(StateAt(CompletesAt(kMarked, 0ms), kMarked), VideoState::kCompleted);
}

TEST(Progress, CompletesAtTheEndOfTimeWhereProcessingOutlastsIt) {
  EXPECT_EQ(CompletesAt(kMarked, std::chrono::milliseconds::max()), Time::max());
}

TEST(Progress, TakesTheLongestProcessingTimeBeforeTheEpochToo) {
  EXPECT_EQ(CompletesAt(Time(-5ms), std::chrono::milliseconds::max()),
            Time(std::chrono::milliseconds::max() - 5ms));
}

// Whether a video that completes at kCompletes does so on the way from `after` to `until`.
struct Span {
  const char* name;
  Time after;
  Time until;
  bool completes;
};

void PrintTo(const Span& span, std::ostream* out) { *out << span.name; }

class TransitionBetweenTest : public ::testing::TestWithParam<Span> {};

TEST_P(TransitionBetweenTest, CountsTheEndAndNotTheStart) {
  const auto transition = TransitionBetween("v", kCompletes, GetParam().after, GetParam().until);

  EXPECT_EQ(transition.has_value(), GetParam().completes);
}

INSTANTIATE_TEST_SUITE_P(Spans, TransitionBetweenTest,
                         ::testing::Values(Span{"UpToIt", kMarked, kCompletes, true},
                                           Span{"AcrossIt", kMarked, kCompletes + 1h, true},
                                           Span{"FromIt", kCompletes, kCompletes + 1h, false},
                                           Span{"BeforeIt", kMarked, kCompletes - 1ms, false},
                                           Span{"Standing", kCompletes, kCompletes, false}),
                         [](const auto& test) { return test.param.name; });

TEST(Progress, TellsWhichVideoWentFromWhereToWhereAndWhen) {
  EXPECT_EQ(TransitionBetween("v", kCompletes, kMarked, kCompletes + 1h),
            (Transition{.at = kCompletes,
                        .video_id = "v",
                        .from = VideoState::kProcessing,
                        .to = VideoState::kCompleted}));
}

TEST(Progress, MakesNoTransitionOfAPendingVideo) {
  EXPECT_FALSE(TransitionBetween("v", std::nullopt, Time::min(), Time::max()));
}

}  // namespace
}  // namespace msc::processing
