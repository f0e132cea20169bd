#include "emulator/cli/sweep_command.h"

#include <msc/fault_sweep.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <iostream>

#include "emulator/cli/addresses.h"
#include "emulator/cli/child_command.h"
#include "emulator/cli/command_output.h"
#include "emulator/cli/exit_code.h"
#include "emulator/cli/logging.h"
#include "emulator/cli/supervisor.h"
#include "emulator/cli/sweep_formats.h"

namespace msc {
namespace {

using std::chrono::steady_clock;

timespec ToTimespec(steady_clock::duration time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return {seconds.count(), std::chrono::nanoseconds(time - seconds).count()};
}

// Runs COMMAND as often as it is asked to.
class Client {
 public:
  Client(const CommandLine& line, const ProcessSetup& setup) : line_(line), setup_(setup) {}

  // Why it failed; empty if it did not. Does not return if a signal asks for the end.
  std::string Run(const Emulator& emulator) {
    output_ = CommandOutput();
    try {
      std::string failure = RunOnce(emulator);
      KillDescendants();  // Also those that have left the client's process group.
      return failure;
    } catch (const CommandNotRun& error) {
      not_run_ = error;
      throw;
    }
  }

  // The last lines that its last run wrote.
  std::string LastLines() const { return output_.LastLines(); }

  // Why its last run did not start.
  const std::optional<CommandNotRun>& not_run() const { return not_run_; }

 private:
  // When it returns, the client has ended.
  std::string RunOnce(const Emulator& emulator) const {
    ChildCommand process({.arguments = line_.client,
                          .environment = AddressVariables(emulator),
                          .output = output_.descriptor()},
                         setup_);
    return Await(process);
  }

  std::string Await(ChildCommand& process) const {
    const auto deadline = steady_clock::now() + line_.timeout;
    for (;;) {
      if (const auto code = process.ExitCode()) {
        return *code == 0 ? "" : "exit code " + std::to_string(*code);
      }
      const auto left = deadline - steady_clock::now();
      if (left <= left.zero()) {
        return "it was ended after " + std::to_string(line_.timeout.count()) + " ms";
      }
      const timespec wait = ToTimespec(left);
      const int signal = ::sigtimedwait(&setup_.awaited(), nullptr, &wait);
      if (signal > 0 && signal != SIGCHLD) DieOf(signal);
    }
  }

  // Ends this process by the signal, after killing the client, which would be left behind.
  [[noreturn]] void DieOf(int signal) const {
    KillDescendants();
    setup_.EndBySignal(signal);
  }

  const CommandLine& line_;
  const ProcessSetup& setup_;
  CommandOutput output_;
  std::optional<CommandNotRun> not_run_ = {};
};

// Writes to stderr: a counter if it is a terminal, otherwise a line for each point; and the
// client's output if it did not survive.
class Progress {
 public:
  explicit Progress(const Client& client) : client_(client) {}

  void Tell(const FaultPoint& point, int total) {
    ++done_;
    std::cerr << (is_terminal_ ? "\r" : "") << done_ << '/' << total;
    if (!is_terminal_ || !point.survived) Describe(point);
    if (is_terminal_ && done_ == total) std::cerr << '\n';
    std::cerr << std::flush;
  }

 private:
  void Describe(const FaultPoint& point) const {
    std::cerr << ' ' << Name(point.fault) << ", " << point.what << ": "
              << (point.survived ? "survived" : point.failure) << '\n';
    if (!point.survived) std::cerr << client_.LastLines();
  }

  const Client& client_;
  const bool is_terminal_ = ::isatty(STDERR_FILENO) != 0;
  int done_ = 0;
};

}  // namespace

int RunSweep(const CommandLine& line) {
  const ProcessSetup setup({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD});
  const Supervisor supervisor(setup);
  if (const auto code = supervisor.exit_code()) return *code;
  EmulatorOptions options = line.options;
  ProgramLog log(line.log_level, line.log_format);
  log.Attach(options);
  Client client(line, setup);
  Progress progress(client);
  try {
    const auto report = SweepFaults(
        options, [&client](const Emulator& emulator) { return client.Run(emulator); },
        [&progress](const FaultPoint& point, int total) { progress.Tell(point, total); },
        line.ignored);
    WriteReport(report, line.report, std::cout);
    return report.Passed() ? 0 : kExitFailed;
  } catch (const StartError&) {
    throw;
  } catch (const std::runtime_error& failure) {
    if (client.not_run()) throw CommandNotRun(*client.not_run());
    std::cerr << "msc-emulator: " << failure.what() << '\n' << client.LastLines();
    return kExitFailed;
  }
}

}  // namespace msc
