#include <msc/emulator.h>

#include <algorithm>
#include <iostream>
#include <string>

#include "emulator/cli/child_command.h"
#include "emulator/cli/command_line.h"
#include "emulator/cli/exec_command.h"
#include "emulator/cli/exit_code.h"
#include "emulator/cli/health_probe.h"
#include "emulator/cli/process_setup.h"
#include "emulator/cli/serve_command.h"
#include "emulator/cli/sweep_command.h"
#include "emulator/cli/verify_command.h"

namespace msc {
namespace {

// Turns "processing_time: …", the name of an option, into the flag "--processing-time: …".
std::string AsFlag(std::string text) {
  const auto colon = text.find(':');
  std::replace(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), '_', '-');
  if (text.starts_with("frozen-at:")) text.replace(0, 9, "clock");
  if (text.starts_with("tls-certificate:")) text.replace(0, 15, "tls-cert");
  return "--" + text;
}

int ReportStartError(const StartError& error) {
  std::string text = error.what();
  int code = kExitFailed;
  switch (error.reason()) {
    case StartError::Reason::kOption:
      text = AsFlag(text);
      code = kExitUsage;
      break;
    case StartError::Reason::kPortTaken:
      code = kExitPortTaken;
      break;
    case StartError::Reason::kSeed:
      code = kExitBadSeed;
      break;
    case StartError::Reason::kResource:
      break;
  }
  std::cerr << "msc-emulator: " << text << '\n';
  return code;
}

int Healthcheck(std::string url, const std::string& token) {
  while (url.ends_with('/')) url.pop_back();
  const auto status = ProbeStatus(url + "/__admin/ready", token);
  if (status == 200) return 0;
  std::cerr << "msc-emulator: " << url
            << (status ? " is not ready: it responded " + std::to_string(*status)
                       : " does not respond")
            << '\n';
  return kExitFailed;
}

int Run(const CommandLine& line) {
  switch (line.command) {
    case CommandLine::Command::kServe:
      return Serve(line);
    case CommandLine::Command::kExec:
      return Exec(line);
    case CommandLine::Command::kSweep:
      return RunSweep(line);
    case CommandLine::Command::kHealthcheck:
      return Healthcheck(line.health_url, line.options.admin_token.value_or(""));
    case CommandLine::Command::kVerify:
      return VerifyFolder(line.options.data_directory);
  }
  return kExitFailed;
}

int Main(int argc, char** argv) {
  OpenStandardStreams();
  const auto parsed = ParseCommandLine(argc, argv);
  if (!parsed.command_line) return parsed.exit_code;
  try {
    return Run(*parsed.command_line);
  } catch (const StartError& error) {
    return ReportStartError(error);
  } catch (const CommandNotRun& error) {
    std::cerr << "msc-emulator: " << error.what() << '\n';
    return error.exit_code();
  }
}

}  // namespace
}  // namespace msc

int main(int argc, char** argv) {
  try {
    return msc::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "msc-emulator: " << error.what() << '\n';
    return msc::kExitFailed;
  }
}
