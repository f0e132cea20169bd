#pragma once

#include <sys/types.h>

#include "emulator/processing/media/child_process.h"

namespace msc::processing {

// Starts the program; returns its process id when it executes. `output` and `errors` become its
// stdout and stderr. Throws std::runtime_error. REQUIRES: the calling thread lives as long as the
// program.
pid_t LaunchChild(const ChildProgram& program, int output, int errors);

}  // namespace msc::processing
