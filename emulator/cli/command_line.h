#pragma once

#include <msc/emulator.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace msc {

// What the command line and the environment ask for.
struct CommandLine {
  enum class Command { kServe, kExec, kSweep, kHealthcheck };

  Command command = Command::kServe;
  EmulatorOptions options = {};
  std::string log_level = "info";
  std::string log_format = "text";
  std::string ready_file = {};
  bool exit_with_parent = false;
  std::string health_url = {};

  // Of exec and sweep: COMMAND and its arguments, never empty.
  std::vector<std::string> client = {};

  // Of sweep: how long a run of it may take.
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

// The command line, or the exit code where the program is to end here (help, version, a bad value;
// what there is to say has been said).
struct ParsedCommandLine {
  std::optional<CommandLine> command_line;
  int exit_code = 0;
};

ParsedCommandLine ParseCommandLine(int argc, char** argv);

}  // namespace msc
