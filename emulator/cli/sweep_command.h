#pragma once

#include "emulator/cli/command_line.h"

namespace msc {

// Runs COMMAND once without faults and once for each fault point, and prints the report; returns
// the exit code. A run that takes longer than `line.timeout` is killed with all processes that it
// started. Throws StartError and CommandNotRun.
int RunSweep(const CommandLine& line);

}  // namespace msc
