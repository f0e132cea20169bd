#include "emulator/exec_command.h"

#include "emulator/addresses.h"
#include "emulator/command_process.h"
#include "emulator/logging.h"
#include "emulator/ready_file.h"

namespace msc {
namespace {

int WaitFor(CommandProcess& process, const ProcessSetup& setup) {
  for (;;) {
    if (const auto code = process.ExitCode()) return *code;
    siginfo_t info{};
    const int signal = ::sigwaitinfo(&setup.awaited(), &info);
    // What a terminal sends goes to the whole group: the command has it already.
    if (signal > 0 && signal != SIGCHLD && info.si_code != SI_KERNEL) process.Signal(signal);
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
  CommandProcess process({.arguments = line.client, .environment = AddressVariables(emulator)},
                         setup);
  return WaitFor(process, setup);
}

}  // namespace msc
