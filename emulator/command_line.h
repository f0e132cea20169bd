#pragma once

#include <msc/emulator.h>

#include <optional>
#include <string>

namespace msc {

// What the command line and the environment ask for.
struct CommandLine {
  enum class Command { kServe, kHealthcheck };

  Command command = Command::kServe;
  EmulatorOptions options = {};
  std::string log_level = "info";
  std::string log_format = "text";
  std::string health_url = {};
};

// The command line, or the exit code where the program is to end here (help, version, a bad value;
// what there is to say has been said).
struct ParsedCommandLine {
  std::optional<CommandLine> command_line;
  int exit_code = 0;
};

ParsedCommandLine ParseCommandLine(int argc, char** argv);

}  // namespace msc
