#include "emulator/processing/progress.h"

#include <gtest/gtest.h>

#include "emulator/base/time_range.h"
#include "emulator/processing/program_error.h"

namespace msc::processing {
namespace {

using namespace std::chrono_literals;
using enum VideoState;

constexpr Time kNow{1'427'139'307'000ms};
const Program kTenSeconds = Program::AfterTime(10s);

Progress Started(const Program& program) {
  Progress progress;
  Start(progress, program, kNow);
  return progress;
}

// A program and where it is once all that time does up to an instant has been done.
struct TimeCase {
  const char* name;
  Program program;
  std::chrono::milliseconds after;
  VideoState state;
  std::optional<std::chrono::milliseconds> next = {};  // After the start.
};

void PrintTo(const TimeCase& the_case, std::ostream* out) { *out << the_case.name; }

class ProgressInTime : public ::testing::TestWithParam<TimeCase> {};

TEST_P(ProgressInTime, IsWhereTheProgramSays) {
  auto progress = Started(GetParam().program);

  (void)FireDue("v", progress, kNow + GetParam().after);

  EXPECT_EQ(progress.state, GetParam().state);
  EXPECT_EQ(progress.next, GetParam().next ? std::optional(kNow + *GetParam().next) : std::nullopt);
}

const Step kPoll = {.polls = 1};
const Step kFail = {.state = kFailed};

INSTANTIATE_TEST_SUITE_P(
    Programs, ProgressInTime,
    ::testing::Values(
        TimeCase{"TimeBegins", kTenSeconds, 0s, kProcessing, 10s},
        TimeCase{"TimeBeforeItsEnd", kTenSeconds, 9999ms, kProcessing, 10s},
        TimeCase{"TimeAtItsEnd", kTenSeconds, 10s, kCompleted},
        TimeCase{"TimeLongAfterItsEnd", kTenSeconds, 24h, kCompleted},
        TimeCase{"NoTime", Program::AfterTime(0s), 0s, kCompleted},
        TimeCase{"Polls", Program::AfterPolls(2), 24h, kProcessing},
        TimeCase{"Immediate", Program::Immediate(), 0s, kCompleted},
        TimeCase{"Hold", Program::Hold(), 24h, kProcessing},
        TimeCase{"FailAtOnce", {{kFail}}, 0s, kFailed},
        TimeCase{"FailBefore", {{{.duration = 5s}, kFail}}, 4999ms, kProcessing, 5s},
        TimeCase{"FailAfter", {{{.duration = 5s}, kFail}}, 5s, kFailed},
        TimeCase{"TimesBefore", {{{.duration = 5s}, {.duration = 2s}, kFail}}, 6s, kProcessing, 7s},
        TimeCase{"TimesAfter", {{{.duration = 5s}, {.duration = 2s}, kFail}}, 7s, kFailed},
        TimeCase{"TimeThenPolls", {{{.duration = 5s}, kPoll}}, 24h, kProcessing},
        TimeCase{"TimeThenHold", {{{.duration = 5s}, {}}}, 24h, kProcessing},
        TimeCase{"NoTimeThenPolls", {{{.duration = 0s}, kPoll}}, 0s, kProcessing}),
    [](const auto& test) { return test.param.name; });

TEST(Progress, TellsWhichVideoWentFromWhereToWhereAndWhen) {
  auto progress = Started(kTenSeconds);

  EXPECT_EQ(FireDue("v", progress, kNow + 1h),
            (Transition{.at = kNow + 10s, .video_id = "v", .from = kProcessing, .to = kCompleted}));
  EXPECT_FALSE(FireDue("v", progress, kNow + 2h));
}

TEST(Progress, TellsNoTransitionBetweenStepsOfOneState) {
  auto progress = Started({{{.duration = 5s}, kPoll}});

  EXPECT_FALSE(FireDue("v", progress, kNow + 5s));
  EXPECT_EQ(progress.polls_left, 1);
}

TEST(Progress, KnowsWhatTimeBringsNext) {
  const auto progress = Started({{{.duration = 5s}, {.duration = 2s}, kFail}});

  EXPECT_EQ(NextChange("v", progress),
            (Transition{.at = kNow + 7s, .video_id = "v", .from = kProcessing, .to = kFailed}));
}

TEST(Progress, AnswersSoManyPollsInAStep) {
  auto progress = Started({{{.polls = 2}, {.polls = 1}, kFail}});
  std::vector<VideoState> answers;

  for (int i = 0; i < 4; ++i) {
    Poll(progress, kNow);
    answers.push_back(progress.state);
  }

  EXPECT_EQ(answers, (std::vector{kProcessing, kProcessing, kProcessing, kFailed}));
}

TEST(Progress, BeginsATimeAfterPollsWithThePollThatEndsThem) {
  auto progress = Started({{kPoll, {.duration = 5s}}});
  Poll(progress, kNow);

  Poll(progress, kNow + 1h);

  EXPECT_EQ(progress.state, kProcessing);
  EXPECT_EQ(progress.next, kNow + 1h + 5s);
}

TEST(Progress, CountsNoPollsWhereTheyEndNothing) {
  auto progress = Started(kTenSeconds);
  const auto before = progress;

  Poll(progress, kNow);

  EXPECT_EQ(progress, before);
}

TEST(Progress, CarriesCodeAndReasonOfAFailure) {
  const auto progress = Started({{{.state = kFailed, .code = 7, .reason = "why"}}});

  EXPECT_EQ(progress.failure_code, 7);
  EXPECT_EQ(progress.failure_reason, "why");
}

TEST(Progress, PrefersTheVideosOwnProgram) {
  Progress progress;
  ASSERT_TRUE(SetProgram(progress, Program::Immediate(), kNow));
  EXPECT_EQ(progress.state, kPending);

  Start(progress, kTenSeconds, kNow);

  EXPECT_EQ(progress.state, kCompleted);
}

TEST(Progress, RunsAProgramFromItsFirstStepWhereItIsProcessing) {
  auto progress = Started(kTenSeconds);

  ASSERT_TRUE(SetProgram(progress, Program::AfterTime(3s), kNow + 9s));

  EXPECT_EQ(progress.next, kNow + 12s);
}

TEST(Progress, TakesNoProgramWhenItHasEnded) {
  auto progress = Started(Program::Immediate());

  const auto set = SetProgram(progress, kTenSeconds, kNow);

  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, ProgramError::kVideoEnded);
}

TEST(Progress, ReopenedItRunsItsOwnProgramAgain) {
  auto progress = Started(kTenSeconds);
  ASSERT_TRUE(SetProgram(progress, {{kFail}}, kNow));
  ASSERT_EQ(progress.state, kFailed);

  Reopen(progress);
  EXPECT_EQ(progress, (Progress{.program = {kFail}}));

  Start(progress, kTenSeconds, kNow);
  EXPECT_EQ(progress.state, kFailed);
}

TEST(Progress, EndsWhateverWasStillToCome) {
  auto progress = Started({{{.duration = 5s}, {.polls = 2}, kFail}});

  End(progress, {.state = kCompleted}, kNow);

  EXPECT_EQ(progress, (Progress{.state = kCompleted}));
}

TEST(Progress, EndsWithTimeWhereProcessingOutlastsIt) {
  EXPECT_EQ(Started(Program::AfterTime(std::chrono::milliseconds::max())).next, kLastTime);
}

TEST(Progress, TakesTheLongestTimeBeforeTheEpochToo) {
  Progress progress;

  Start(progress, Program::AfterTime(std::chrono::milliseconds::max()), Time(-5ms));

  EXPECT_EQ(progress.next, kLastTime);
}

}  // namespace
}  // namespace msc::processing
