// msc-emulator sweep: a command, once for each fault that can meet it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Asks once; `failing`: what it does where that fails.
std::string Asking(const std::string& failing) {
  return "echo asking; curl -sf $MSC_EMULATOR_URL/api/Formats || " + failing;
}

const std::string kAskAgain = "curl -sf $MSC_EMULATOR_URL/api/Formats";

struct Swept {
  int code;
  std::string report;
  std::string errors;
};

Swept Sweep(const std::vector<std::string>& flags_and_command) {
  std::vector<std::string> command = {EmulatorProgram(), "sweep"};
  command.insert(command.end(), flags_and_command.begin(), flags_and_command.end());
  ChildProcess sweep(command);
  std::string report;
  for (auto line = sweep.ReadLine(); !line.empty(); line = sweep.ReadLine()) report += line + '\n';
  const int code = sweep.Wait();
  return {code, report, sweep.Errors()};
}

Swept SweepScript(const std::string& script) { return Sweep({"--", "sh", "-c", script}); }

TEST(Sweep, PassesACommandThatRetries) {
  const auto swept = SweepScript(Asking(kAskAgain));

  EXPECT_EQ(swept.code, 0);
  EXPECT_EQ(swept.report,
            "requests 1, faults 4: survived 4, not survived 0, with more effects 0, not met 0\n");
  EXPECT_THAT(swept.errors, AllOf(HasSubstr("4/4 busy, GetFormats GET /api/Formats: survived\n"),
                                  Not(HasSubstr("asking"))));
}

// Creates a video once, and repeats everything else until it succeeds.
constexpr const char* kGoodClient = R"sh(
  video=$(curl -sf "$MSC_EMULATOR_URL/api/Videos" -d '{"OriginalFileName":"clip.mp4"}') || exit 1
  url=$(echo "$video" | sed 's/.*"UploadUri":"\([^"]*\)".*/\1/')
  id=$(echo "$video" | sed 's/.*"Id":"\([^"]*\)".*/\1/')
  put() { curl -sf -X PUT -H 'x-ms-blob-type: BlockBlob' -d bytes "$url"; }
  mark() { curl -sf -X POST -d '' "$MSC_EMULATOR_URL/api/Videos/$id/MarkComplete"; }
  put || put || exit 1
  mark || mark || exit 1
)sh";

TEST(Sweep, PassesAClientThatRepeatsWhatMayBeRepeated) {
  const auto swept = Sweep({"--ignore", "CreateVideo", "--", "sh", "-c", kGoodClient});

  EXPECT_EQ(swept.code, 0) << swept.report;
  EXPECT_THAT(swept.report, HasSubstr("requests 3, faults 7: survived 7, not survived 0, with more "
                                      "effects 0"));
}

TEST(Sweep, NamesTheNearestOperation) {
  const auto swept = Sweep({"--ignore", "CreateVido", "--", "true"});

  EXPECT_EQ(swept.code, 2);
  EXPECT_THAT(swept.errors, HasSubstr("did you mean \"CreateVideo\"?"));
}

TEST(Sweep, ReportsInTheFormThatIsAskedFor) {
  const auto report = [](const char* form) {
    return Sweep({"--report", form, "--", "sh", "-c", Asking(kAskAgain)}).report;
  };

  EXPECT_THAT(report("junit"), HasSubstr("<testsuite name=\"msc-emulator sweep\" tests=\"4\""));
  EXPECT_THAT(report("json"), HasSubstr(R"({"passed":true,"requests":1,"points":[{)"));
}

TEST(Sweep, ShowsWhatACommandWroteThatDidNotSurvive) {
  const auto swept = SweepScript(Asking("{ echo alas >&2; exit 3; }"));

  EXPECT_EQ(swept.code, 1);
  EXPECT_THAT(swept.report, AllOf(HasSubstr("   1  lost request   GetFormats GET /api/Formats\n"
                                            "        did not survive: exit code 3\n"),
                                  HasSubstr("not survived 4")));
  EXPECT_THAT(swept.errors, HasSubstr("1/4 lost request, GetFormats GET /api/Formats: exit code 3\n"
                                      "  | asking\n"
                                      "  | alas\n"));
}

TEST(Sweep, ShowsTheLastTwentyLines) {
  const auto swept = SweepScript("seq 100; exit 1");

  EXPECT_THAT(swept.errors, AllOf(HasSubstr("  | 81\n"), HasSubstr("  | 100\n")));
  EXPECT_THAT(swept.errors, Not(HasSubstr("  | 80\n")));
}

TEST(Sweep, CountsACommandThatASignalEndedAsOneThatDidNotSurvive) {
  EXPECT_THAT(SweepScript(Asking("kill -KILL $$")).report, HasSubstr("exit code 137"));
}

TEST(Sweep, RefusesACommandThatFailsUndisturbed) {
  const auto swept = SweepScript("echo broken; exit 4");

  EXPECT_EQ(swept.code, 1);
  EXPECT_EQ(swept.report, "");
  EXPECT_THAT(swept.errors,
              AllOf(HasSubstr("undisturbed"), HasSubstr("exit code 4"), HasSubstr("  | broken\n")));
}

// Descriptor 9 is the pipe that the test reads to its end: whatever still has it would be waited
// for.
TEST(Sweep, EndsACommandThatHangsWithAllThatItStarted) {
  ChildProcess sweep({"bash", "-c", "exec 9>&1; exec \"$0\" sweep --timeout 200ms -- \"$@\"",
                      EmulatorProgram(), "sh", "-c", "tail -f /dev/null & wait"});

  EXPECT_EQ(sweep.ReadLine(), "");
  EXPECT_EQ(sweep.Wait(), 1);
  EXPECT_THAT(sweep.Errors(), HasSubstr("200 ms"));
}

TEST(Sweep, KillsTheCommandWhenASignalEndsIt) {
  ChildProcess sweep({"bash", "-c", "exec 9>&1; exec \"$0\" sweep -- \"$@\"", EmulatorProgram(),
                      "sh", "-c", "tail -f /dev/null & echo up >&9; wait"});
  ASSERT_EQ(sweep.ReadLine(), "up");

  sweep.Signal(SIGTERM);

  EXPECT_EQ(sweep.ReadLine(), "");
  EXPECT_EQ(sweep.Wait(), -SIGTERM);
}

TEST(Sweep, KillsAllThatTheCommandStartedWhenItIsKilled) {
  ChildProcess sweep({"bash", "-c", "exec 9>&1; exec \"$0\" sweep -- \"$@\"", EmulatorProgram(),
                      "sh", "-c", "setsid tail -f /dev/null & echo up >&9; wait"});
  ASSERT_EQ(sweep.ReadLine(), "up");

  sweep.Signal(SIGKILL);

  EXPECT_EQ(sweep.ReadLine(), "");
  EXPECT_EQ(sweep.Wait(), -SIGKILL);
}

TEST(Sweep, EndsProcessesThatLeftTheGroupOfTheCommand) {
  ChildProcess sweep({"bash", "-c", "exec 9>&1; exec \"$0\" sweep -- \"$@\"", EmulatorProgram(),
                      "sh", "-c",
                      "setsid tail -f /dev/null & curl -s $MSC_EMULATOR_URL/api/Formats"
                      " || curl -s $MSC_EMULATOR_URL/api/Formats"});

  while (!sweep.ReadLine().empty()) {
  }

  EXPECT_EQ(sweep.Wait(), 0);
}

TEST(Sweep, NamesACommandThatIsNotThere) {
  const auto swept = Sweep({"--", "no-such-command"});

  EXPECT_EQ(swept.code, 127);
  EXPECT_THAT(swept.errors, HasSubstr("'no-such-command' was not found"));
}

TEST(Sweep, WithoutACommandTellsItsUsage) {
  const auto swept = Sweep({});

  EXPECT_EQ(swept.code, 2);
  EXPECT_THAT(swept.errors, HasSubstr("sweep [flags] -- COMMAND"));
}

TEST(Sweep, RefusesWhatHasNoMeaningForIt) {
  for (const char* flag : {"--data", "--ready-file"}) {
    const auto swept = Sweep({flag, "somewhere", "--", "true"});

    EXPECT_EQ(swept.code, 2);
    EXPECT_THAT(swept.errors, HasSubstr(flag));
  }
}

}  // namespace
}  // namespace msc
