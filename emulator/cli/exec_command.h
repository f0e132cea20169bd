#pragma once

#include "emulator/cli/command_line.h"

namespace msc {

// Starts an emulator, runs COMMAND with its addresses in the environment, stops; returns the exit
// code of COMMAND, 128 + n where signal n ended it. Signals that ask for the end are passed on.
// Throws StartError and CommandNotRun.
int Exec(const CommandLine& line);

}  // namespace msc
