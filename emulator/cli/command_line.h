#pragma once

#include <msc/emulator.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace msc {

// The options from the command line and the environment.
struct CommandLine {
  enum class Command { kServe, kExec, kSweep, kHealthcheck, kVerify };

  Command command = Command::kServe;
  EmulatorOptions options = {};
  std::string log_level = "info";
  std::string log_format = "text";
  std::string ready_file = {};
  bool exit_with_parent = false;
  std::string health_url = {};

  // For exec and sweep: COMMAND and its arguments, never empty.
  std::vector<std::string> client = {};

  // For sweep: how long one run of COMMAND may take, the operations that meet no fault, and the
  // form of the report: "text", "junit" or "json".
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
  std::vector<Operation> ignored = {};
  std::string report = "text";
};

// The command line; or, if the program must end (help, version, a bad value), the exit code. Its
// output has been written then.
struct ParsedCommandLine {
  std::optional<CommandLine> command_line;
  int exit_code = 0;
};

ParsedCommandLine ParseCommandLine(int argc, char** argv);

}  // namespace msc
