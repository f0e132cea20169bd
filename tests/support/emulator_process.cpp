#include "tests/support/emulator_process.h"

#include <signal.h>

namespace msc::testing {

const std::string& EmulatorProgram() {
  static const std::string program = MSC_PROGRAM;
  return program;
}

std::vector<std::string> EmulatorCommand(const std::vector<std::string>& flags) {
  std::vector<std::string> command = {EmulatorProgram(), "--port", "0"};
  command.insert(command.end(), flags.begin(), flags.end());
  return command;
}

std::vector<std::string> Limited(const std::string& limit,
                                 const std::vector<std::string>& command) {
  std::vector<std::string> limited = {"bash", "-c", "ulimit " + limit + " && exec \"$0\" \"$@\""};
  limited.insert(limited.end(), command.begin(), command.end());
  return limited;
}

std::vector<std::string> LimitedCommand(const std::string& limit,
                                        const std::vector<std::string>& flags) {
  return Limited(limit, EmulatorCommand(flags));
}

EmulatorProcess::EmulatorProcess(const std::vector<std::string>& command,
                                 const std::vector<std::string>& environment)
    : process_(command, environment), ready_(process_.ReadLine()) {
  const auto at = ready_.find("\"port\":");
  if (at != std::string::npos) port_ = std::stoi(ready_.substr(at + 7));
}

std::string EmulatorProcess::StopAndReadLog() {
  process_.Signal(SIGTERM);
  process_.Wait();
  return process_.Errors();
}

Ended RunToEnd(const std::vector<std::string>& command,
               const std::vector<std::string>& environment) {
  ChildProcess process(command, environment);
  std::string output;
  for (;;) {
    const auto line = process.ReadLine();
    if (line.empty()) break;
    output += line + '\n';
  }
  const int code = process.Wait();
  return {code, process.Errors(), output};
}

}  // namespace msc::testing
