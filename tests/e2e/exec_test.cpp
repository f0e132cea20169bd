// msc-emulator exec: a command beside an emulator of its own.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

std::vector<std::string> Exec(const std::vector<std::string>& command,
                              const std::vector<std::string>& flags = {}) {
  std::vector<std::string> all = {EmulatorProgram(), "exec"};
  all.insert(all.end(), flags.begin(), flags.end());
  all.emplace_back("--");
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

std::vector<std::string> ExecScript(const std::string& script) {
  return Exec({"sh", "-c", script});
}

TEST(Exec, TellsTheCommandTheAddressesAndLeavesStdoutToIt) {
  ChildProcess exec(ExecScript(
      "echo $MSC_EMULATOR_URL; echo $MSC_EMULATOR_BLOB_URL; echo $MSC_EMULATOR_ADMIN_URL"));

  const auto url = exec.ReadLine();
  EXPECT_THAT(url, MatchesRegex("http://127.0.0.1:[0-9]+"));
  EXPECT_EQ(exec.ReadLine(), url + "/devstoreaccount1");
  EXPECT_EQ(exec.ReadLine(), url + "/__admin");
  EXPECT_EQ(exec.ReadLine(), "");
  EXPECT_EQ(exec.Wait(), 0);
  EXPECT_EQ(exec.Errors(), "");
}

TEST(Exec, ReplacesAddressesOfAnotherEmulator) {
  ChildProcess exec(ExecScript("env | grep -c MSC_EMULATOR_URL"), {"MSC_EMULATOR_URL=elsewhere"});

  EXPECT_EQ(exec.ReadLine(), "1");
}

TEST(Exec, ServesAsLongAsTheCommandRuns) {
  ChildProcess exec(ExecScript("echo $MSC_EMULATOR_URL; read -r _"));
  const auto url = exec.ReadLine();
  const int port = std::stoi(url.substr(url.rfind(':') + 1));

  EXPECT_EQ(StatusOf(Call(port, "GET", "/__admin/health")), 200);
  RawClient idle(port);
  exec.WriteInput("\n");

  EXPECT_EQ(exec.Wait(), 0);
  EXPECT_TRUE(idle.IsClosed());
}

TEST(Exec, PassesTheExitCodeOn) {
  EXPECT_EQ(RunToEnd(ExecScript("exit 7")).code, 7);
  EXPECT_EQ(RunToEnd(Exec({"true"})).code, 0);
}

TEST(Exec, EndsWith128AndTheSignalThatEndedTheCommand) {
  EXPECT_EQ(RunToEnd(ExecScript("kill -KILL $$")).code, 128 + SIGKILL);
}

TEST(Exec, NamesACommandThatIsNotThere) {
  for (const char* name : {"no-such-command", "/no/such/command", ""}) {
    const auto ended = RunToEnd(Exec({name}));

    EXPECT_EQ(ended.code, 127);
    EXPECT_THAT(ended.errors, HasSubstr("'" + std::string(name) + "' was not found"));
  }
}

TEST(Exec, NamesACommandThatCannotBeRun) {
  const auto ended = RunToEnd(Exec({"/etc/passwd"}));

  EXPECT_EQ(ended.code, 126);
  EXPECT_THAT(ended.errors, HasSubstr("'/etc/passwd' cannot be run"));
}

TEST(Exec, WithoutACommandTellsItsUsage) {
  for (const auto& flags : {std::vector<std::string>{"exec"}, {"exec", "--"}, {"exec", "true"}}) {
    auto command = flags;
    command.insert(command.begin(), EmulatorProgram());

    const auto ended = RunToEnd(command);

    EXPECT_EQ(ended.code, 2);
    EXPECT_THAT(ended.errors, AllOf(HasSubstr("COMMAND"), HasSubstr("--")));
  }
}

TEST(Exec, GivesEachEmulatorAPortOfItsOwn) { EXPECT_EQ(RunToEnd(Exec(Exec({"true"}))).code, 0); }

TEST(Exec, KeepsAPortThatIsNamed) {
  const EmulatorProcess owner(EmulatorCommand({}));
  const auto port = std::to_string(owner.port());

  EXPECT_EQ(RunToEnd(Exec({"true"}, {"--port", port})).code, 3);
  EXPECT_EQ(RunToEnd(Exec({"true"}), {"MSC_PORT=" + port}).code, 3);
}

// Of the signals the first 28: some beyond belong to the C library.
TEST(Exec, GivesSignalsAndLimitsBackToTheCommand) {
  const std::vector<std::string> look = {
      "sh", "-c",
      "grep -E 'Sig(Blk|Ign)' /proc/self/status | grep -o '.......$' | tr '\\n' ' ';"
      "ulimit -n"};
  ChildProcess alone(Limited("-S -n 256", look));
  ChildProcess beside(Limited("-S -n 256", Exec(look)));

  EXPECT_EQ(beside.ReadLine(), alone.ReadLine());
}

// A shell that says "up" once it waits, for ever, and can be told to end without delay.
std::string Waiting(const std::string& traps) {
  return traps + "; sh -c 'echo up; exec tail -f /dev/null' & while :; do wait; done";
}

TEST(Exec, PassesASignalOnAndWaits) {
  for (const char* name : {"INT", "TERM"}) {
    ChildProcess exec(
        ExecScript(Waiting("trap 'echo told; kill $!; exit 5' " + std::string(name))));
    ASSERT_EQ(exec.ReadLine(), "up");

    exec.Signal(std::string(name) == "INT" ? SIGINT : SIGTERM);

    EXPECT_EQ(exec.ReadLine(), "told");
    EXPECT_EQ(exec.Wait(), 5);
  }
}

// The command would hold stdout open for ever.
TEST(Exec, KillsTheCommandWhenItIsKilled) {
  ChildProcess exec(ExecScript("echo up; read -r _; echo orphan"));
  ASSERT_EQ(exec.ReadLine(), "up");

  exec.Signal(SIGKILL);
  exec.Wait();

  EXPECT_EQ(exec.ReadLine(), "");
}

// COMMAND with a child of its own that leaves its process group and lets all signals pass; both
// hold stdout, which ends when they have.
constexpr const char* kWithADaemon =
    "trap '' TERM HUP; setsid sh -c \"trap '' TERM HUP; echo up; exec tail -f /dev/null\" & "
    "read -r _; wait";

TEST(Exec, KillsAllThatTheCommandStartedWhenItIsKilled) {
  ChildProcess exec(ExecScript(kWithADaemon));
  ASSERT_EQ(exec.ReadLine(), "up");

  exec.Signal(SIGKILL);

  EXPECT_EQ(exec.Wait(), -SIGKILL);
  EXPECT_EQ(exec.ReadLine(), "");
}

TEST(Exec, KillsAllThatTheCommandStartedWhenItsWorkingProcessIsKilled) {
  ChildProcess exec(ExecScript("echo $PPID; " + std::string(kWithADaemon)));
  const auto worker = std::stoi(exec.ReadLine());
  ASSERT_EQ(exec.ReadLine(), "up");

  ASSERT_EQ(::kill(worker, SIGKILL), 0);

  EXPECT_EQ(exec.ReadLine(), "");
  EXPECT_EQ(exec.Wait(), -SIGKILL);
}

TEST(Exec, SparesProcessesThatItDidNotStart) {
  ChildProcess exec({"sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!; exec \"$0\" exec -- true",
                     EmulatorProgram()});
  const auto stranger = std::stoi(exec.ReadLine());

  EXPECT_EQ(exec.Wait(), 0);

  EXPECT_EQ(::kill(stranger, SIGKILL), 0);
}

// A terminal, seen from the side of its user.
class Terminal {
 public:
  Terminal() {
    ::grantpt(master_);
    ::unlockpt(master_);
  }
  ~Terminal() { ::close(master_); }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  // `command` with it as controlling terminal and stdin.
  std::vector<std::string> Run(const std::vector<std::string>& command) const {
    std::vector<std::string> all = {"setsid", "sh", "-c", "exec \"$@\" <\"$0\"",
                                    ::ptsname(master_)};
    all.insert(all.end(), command.begin(), command.end());
    return all;
  }

  void PressControlC() const { ASSERT_EQ(::write(master_, "\x03", 1), 1); }

 private:
  const int master_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
};

TEST(Exec, KillsWhatTheCommandLeftRunning) {
  ChildProcess exec(ExecScript("sleep 1000 >/dev/null 2>&1 & echo $!"));

  const auto left = std::stoi(exec.ReadLine());
  EXPECT_EQ(exec.Wait(), 0);

  EXPECT_EQ(::kill(left, 0), -1);
}

TEST(Exec, DoesNotDoubleWhatATerminalSends) {
  const Terminal terminal;
  ChildProcess exec(
      terminal.Run(ExecScript(Waiting("trap 'echo int' INT; trap 'kill $!; exit 5' TERM"))));
  ASSERT_EQ(exec.ReadLine(), "up");

  terminal.PressControlC();
  EXPECT_EQ(exec.ReadLine(), "int");
  exec.Signal(SIGTERM);

  EXPECT_EQ(exec.ReadLine(), "");
  EXPECT_EQ(exec.Wait(), 5);
}

}  // namespace
}  // namespace msc
