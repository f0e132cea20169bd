#include "emulator/cli/exec_command.h"

#include <signal.h>

#include "emulator/cli/addresses.h"
#include "emulator/cli/child_command.h"
#include "emulator/cli/exit_code.h"
#include "emulator/cli/logging.h"
#include "emulator/cli/ready_file.h"
#include "emulator/cli/supervisor.h"

namespace msc {
namespace {

int WaitFor(ChildCommand& process, const ProcessSetup& setup, const Supervisor& supervisor) {
  for (;;) {
    if (const auto code = process.ExitCode()) return *code;
    if (supervisor.IsGone()) return kExitFailed;
    siginfo_t info{};
    const int signal = ::sigwaitinfo(&setup.awaited(), &info);
    // Signals from a terminal go to the whole process group, so the command has received them
    // already.
    if (signal > 0 && signal != SIGCHLD && info.si_code != SI_KERNEL) process.Signal(signal);
  }
}

// Its exit code. When this returns, the command has ended.
int RunCommand(const CommandLine& line, const Emulator& emulator, const ProcessSetup& setup,
               const Supervisor& supervisor) {
  ChildCommand process({.arguments = line.client, .environment = AddressVariables(emulator)},
                       setup);
  return WaitFor(process, setup, supervisor);
}

}  // namespace

int Exec(const CommandLine& line) {
  const ProcessSetup setup({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD});
  const Supervisor supervisor(setup);
  if (const auto code = supervisor.exit_code()) return *code;
  ReadyFile ready_file(line.ready_file);
  EmulatorOptions options = line.options;
  ProgramLog log(line.log_level, line.log_format);
  log.Attach(options);

  const Emulator emulator(options);
  log.UseClockOf(&emulator);
  ready_file.Publish(ReadyLine(emulator));
  const int code = RunCommand(line, emulator, setup, supervisor);
  KillDescendants();  // They have no emulator any more.
  log.UseClockOf(nullptr);
  return code;
}

}  // namespace msc
