#include "emulator/processing/program_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emulator/processing/program_error.h"

namespace msc::processing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using enum VideoState;

const Program kMixed = {
    {{.duration = 30s}, {.polls = 2}, {.state = kFailed, .code = 7, .reason = "bad \"codec\" é"}}};
constexpr std::string_view kMixedText =
    R"({"steps":[{"state":"Processing","forMillis":30000},{"state":"Processing","polls":2},)"
    R"({"state":"Failed","code":7,"reason":"bad \"codec\" é"}]})";

TEST(ProgramJson, HasTheFormOfTheControlApi) { EXPECT_EQ(ProgramJson(kMixed), kMixedText); }

TEST(ProgramJson, IsReadAgain) {
  for (const auto& program : {kMixed, Program::Hold(), Program::Immediate(), Program::AfterTime(0s),
                              Program{{{.state = kFailed}}}}) {
    const auto parsed = ParseProgram(ProgramJson(program));

    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, program);
  }
}

// A text that is no program, and what the error names.
struct JsonCase {
  const char* name;
  std::string text;
  std::string error;
};

void PrintTo(const JsonCase& the_case, std::ostream* out) { *out << the_case.name; }

class BadProgramJson : public ::testing::TestWithParam<JsonCase> {};

TEST_P(BadProgramJson, IsRefusedByName) {
  const auto parsed = ParseProgram(GetParam().text);

  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, ProgramError::kProgramInvalid);
  EXPECT_THAT(parsed.error().message, HasSubstr(GetParam().error));
}

// A program of one Processing step with one more member.
std::string With(const std::string& member) {
  return R"({"steps":[{"state":"Processing",)" + member + "}]}";
}

INSTANTIATE_TEST_SUITE_P(
    Texts, BadProgramJson,
    ::testing::Values(
        JsonCase{"Empty", "", "such as"}, JsonCase{"NoJson", "{steps}", "such as"},
        JsonCase{"Array", "[]", "such as"}, JsonCase{"NoSteps", "{}", "such as"},
        JsonCase{"StepsNoArray", R"({"steps":{}})", "such as"},
        JsonCase{"MoreThanSteps", R"({"steps":[],"times":2})", "'times'"},
        JsonCase{"StepNoObject", R"({"steps":[5]})", "an object"},
        JsonCase{"NoState", R"({"steps":[{"polls":2}]})", "member state"},
        JsonCase{"OtherState", R"({"steps":[{"state":"Done"}]})", R"("Done")"},
        JsonCase{"StateNoString", R"({"steps":[{"state":1}]})", "state is 1"},
        JsonCase{"UnknownMember", With(R"("seconds":5)"), "'seconds'"},
        JsonCase{"TimeNoNumber", With(R"("forMillis":"5")"), R"(forMillis is "5")"},
        JsonCase{"TimeNotWhole", With(R"("forMillis":1.5)"), "forMillis is 1.5"},
        JsonCase{"TimeTooLong", With(R"("forMillis":9223372036854775808)"), "forMillis"},
        JsonCase{"PollsTooMany", With(R"("polls":2147483648)"), "polls is 2147483648"},
        JsonCase{"CodeOfProcessing", With(R"("code":4)"), "Failed steps alone"},
        JsonCase{"ReasonNoString", R"({"steps":[{"state":"Failed","reason":5}]})",
                 "reason must be"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace msc::processing
