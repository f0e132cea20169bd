#pragma once

#include "emulator/cli/command_line.h"

namespace msc {

// Starts an emulator, runs COMMAND with its addresses in the environment, and stops the emulator.
// Returns COMMAND's exit code, or 128 + n if signal n ended it. SIGINT, SIGTERM, SIGHUP
// and SIGQUIT are passed on. However this process ends, COMMAND and all processes that it started
// end, too. Throws StartError and CommandNotRun.
int Exec(const CommandLine& line);

}  // namespace msc
