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
struct CheckCase {
  const char* name;
  Program program;
  std::string error = {};
};

void PrintTo(const CheckCase& the_case, std::ostream* out) { *out << the_case.name; }

class ProgramCheck : public ::testing::TestWithParam<CheckCase> {};

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

const Step kAPoll = {.polls = 1};
const Step kComplete = {.state = kCompleted};
constexpr auto kYear = 24h * 365;

INSTANTIATE_TEST_SUITE_P(
    Programs, ProgramCheck,
    ::testing::Values(
        CheckCase{"Time", Program::AfterTime(0ms)}, CheckCase{"AYear", Program::AfterTime(kYear)},
        CheckCase{"Polls", Program::AfterPolls(1)}, CheckCase{"Immediate", Program::Immediate()},
        CheckCase{"Hold", Program::Hold()},
        CheckCase{"Mixed", {{kAPoll, {.duration = 1s}, Failure(999)}}},
        CheckCase{"ThousandSteps", {std::vector<Step>(1000, kAPoll)}},
        CheckCase{"NoSteps", {}, "0 steps"},
        CheckCase{"TooManySteps", {std::vector<Step>(1001, kAPoll)}, "1001 steps"},
        CheckCase{"NegativeTime", Program::AfterTime(-1ms), "step 1 (Processing) lasts -1 ms"},
        CheckCase{"MoreThanAYear", Program::AfterTime(kYear + 1ms), "(a year)"},
        CheckCase{"NoPolls", Program::AfterPolls(0), "0 polls"},
        CheckCase{"NegativePolls", Program::AfterPolls(-1), "-1 polls"},
        CheckCase{"TimeAndPolls", {{{.duration = 1s, .polls = 1}}}, "not for both"},
        CheckCase{
            "HoldBeforeMore", {{kAPoll, {}, kComplete}}, "step 2 (Processing) lasts for ever"},
        CheckCase{"Pending", {{{.state = kPending}}}, "step 1 (Pending)"},
        CheckCase{"CompletedBeforeMore", {{kComplete, kAPoll}}, "step 1 (Completed) ends"},
        CheckCase{"CompletedForATime", {{{.state = kCompleted, .duration = 1s}}}, "neither time"},
        CheckCase{"FailedForPolls", {{{.state = kFailed, .polls = 1}}}, "neither time"},
        CheckCase{"CodeTooLow", {{Failure(-1)}}, "the code -1"},
        CheckCase{"CodeTooHigh", {{Failure(1000)}}, "the code 1000"},
        CheckCase{"ReasonNoUtf8", {{Failure(4, "\xFF")}}, "UTF-8"},
        CheckCase{"CodeOfCompleted", {{{.state = kCompleted, .code = 5}}}, "of Failed alone"},
        CheckCase{"ReasonOfProcessing", {{{.polls = 1, .reason = "why"}}}, "of Failed alone"}),
    [](const auto& test) { return test.param.name; });

TEST(VideoStateName, IsReadAgain) {
  for (const auto state : {kPending, kProcessing, kCompleted, kFailed}) {
    EXPECT_EQ(ParseVideoState(Name(state)), state);
  }
}

TEST(VideoStateName, HasOneCase) { EXPECT_FALSE(ParseVideoState("completed")); }

}  // namespace
}  // namespace msc::processing
