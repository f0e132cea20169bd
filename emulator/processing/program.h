#pragma once

#include <msc/video.h>

#include <string>

#include "emulator/base/result.h"

namespace msc::processing {

// Failure codes go from 0 to this.
inline constexpr int kHighestFailureCode = 999;

// A kProgramInvalid of that message.
Error ProgramInvalid(std::string why);

// Whether the program can be: one to a thousand steps, of which kCompleted and kFailed come last
// and take neither duration nor polls; a kProcessing one has at most one of them, a duration of up
// to a year or a poll at least, and with neither it comes last; codes are from 0 to 999, and codes
// and reasons (UTF-8) are of kFailed alone. kProgramInvalid, which names the step, counted from 1.
Status Check(const Program& program);

}  // namespace msc::processing
