#include "emulator/processing/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emulator/processing/program_error.h"

namespace msc::processing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using enum VideoState;

// A program and what its error says; empty: it is taken.
struct Case {
  const char* name;
  Program program;
  std::string error = {};
};

void PrintTo(const Case& the_case, std::ostream* out) { *out << the_case.name; }

class ProgramCheck : public ::testing::TestWithParam<Case> {};

TEST_P(ProgramCheck, HasTheOutcomeOfItsRow) {
  const auto checked = Check(GetParam().program);

  ASSERT_EQ(!checked, !GetParam().error.empty());
  if (checked) return;
  EXPECT_EQ(checked.error().code, ProgramError::kProgramInvalid);
  EXPECT_THAT(checked.error().message, HasSubstr(GetParam().error));
}

Step Failure(int code, std::string reason = {}) {
  return {.state = kFailed, .code = code, .reason = std::move(reason)};
}

const Step kPoll = {.polls = 1};
const Step kComplete = {.state = kCompleted};
constexpr auto kYear = 24h * 365;

INSTANTIATE_TEST_SUITE_P(
    Programs, ProgramCheck,
    ::testing::Values(
        Case{"Time", Program::AfterTime(0ms)}, Case{"AYear", Program::AfterTime(kYear)},
        Case{"Polls", Program::AfterPolls(1)}, Case{"Immediate", Program::Immediate()},
        Case{"Hold", Program::Hold()}, Case{"Mixed", {{kPoll, {.duration = 1s}, Failure(999)}}},
        Case{"ThousandSteps", {std::vector<Step>(1000, kPoll)}}, Case{"NoSteps", {}, "0 steps"},
        Case{"TooManySteps", {std::vector<Step>(1001, kPoll)}, "1001 steps"},
        Case{"NegativeTime", Program::AfterTime(-1ms), "step 1 (Processing) lasts -1 ms"},
        Case{"MoreThanAYear", Program::AfterTime(kYear + 1ms), "(a year)"},
        Case{"NoPolls", Program::AfterPolls(0), "0 polls"},
        Case{"NegativePolls", Program::AfterPolls(-1), "-1 polls"},
        Case{"TimeAndPolls", {{{.duration = 1s, .polls = 1}}}, "not for both"},
        Case{"HoldBeforeMore", {{kPoll, {}, kComplete}}, "step 2 (Processing) lasts for ever"},
        Case{"Pending", {{{.state = kPending}}}, "step 1 (Pending)"},
        Case{"CompletedBeforeMore", {{kComplete, kPoll}}, "step 1 (Completed) ends"},
        Case{"CompletedForATime", {{{.state = kCompleted, .duration = 1s}}}, "neither time"},
        Case{"FailedForPolls", {{{.state = kFailed, .polls = 1}}}, "neither time"},
        Case{"CodeTooLow", {{Failure(-1)}}, "the code -1"},
        Case{"CodeTooHigh", {{Failure(1000)}}, "the code 1000"},
        Case{"ReasonNoUtf8", {{Failure(4, "\xFF")}}, "UTF-8"},
        Case{"CodeOfCompleted", {{{.state = kCompleted, .code = 5}}}, "of Failed alone"},
        Case{"ReasonOfProcessing", {{{.polls = 1, .reason = "why"}}}, "of Failed alone"}),
    [](const auto& test) { return test.param.name; });

TEST(VideoStateName, IsReadAgain) {
  for (const auto state : {kPending, kProcessing, kCompleted, kFailed}) {
    EXPECT_EQ(ParseVideoState(Name(state)), state);
  }
}

TEST(VideoStateName, HasOneCase) { EXPECT_FALSE(ParseVideoState("completed")); }

}  // namespace
}  // namespace msc::processing
