#include "emulator/cli/exec_command.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "emulator/cli/addresses.h"
#include "emulator/cli/child_command.h"
#include "emulator/cli/logging.h"
#include "emulator/cli/ready_file.h"

namespace msc {
namespace {

int WaitFor(ChildCommand& process, const ProcessSetup& setup) {
  for (;;) {
    if (const auto code = process.ExitCode()) return *code;
    siginfo_t info{};
    const int signal = ::sigwaitinfo(&setup.awaited(), &info);
    // Signals from a terminal go to the whole process group, so the command has received them
    // already.
    if (signal > 0 && signal != SIGCHLD && info.si_code != SI_KERNEL) process.Signal(signal);
  }
}

// The children of this process, including processes that COMMAND left behind.
std::vector<pid_t> Children() {
  std::vector<pid_t> children;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream list(thread.path() / "children");
    for (pid_t child = 0; list >> child;) children.push_back(child);
  }
  return children;
}

// Kills the processes that COMMAND left behind, because their emulator stops.
void EndOrphans() {
  for (auto children = Children(); !children.empty(); children = Children()) {
    for (const pid_t child : children) ::kill(child, SIGKILL);
    for (const pid_t child : children) ::waitpid(child, nullptr, 0);
  }
}

}  // namespace

int Exec(const CommandLine& line) {
  const ProcessSetup setup({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD});
  ReadyFile ready_file(line.ready_file);
  EmulatorOptions options = line.options;
  options.log = MakeLogSink(line.log_level, line.log_format);

  const Emulator emulator(options);
  ready_file.Publish(ReadyLine(emulator));
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // Processes that COMMAND leaves behind become our children.
  ChildCommand process({.arguments = line.client, .environment = AddressVariables(emulator)},
                       setup);
  const int code = WaitFor(process, setup);
  EndOrphans();
  return code;
}

}  // namespace msc
