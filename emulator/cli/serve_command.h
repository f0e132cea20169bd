#pragma once

#include "emulator/cli/command_line.h"

namespace msc {

// Serves until something asks for the end; returns the exit code. Throws StartError.
int Serve(const CommandLine& line);

}  // namespace msc
