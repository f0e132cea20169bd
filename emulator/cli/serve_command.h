#pragma once

#include "emulator/cli/command_line.h"

namespace msc {

// Serves until a signal, the end of stdin or a request asks it to stop; returns the exit code.
// Throws StartError.
int Serve(const CommandLine& line);

}  // namespace msc
