#pragma once

#include <msc/video.h>

#include <string>

#include "emulator/base/result.h"

namespace msc::processing {

// The highest failure code; the lowest is 0.
inline constexpr int kHighestFailureCode = 999;

// The error kProgramInvalid with that message.
Error ProgramInvalid(std::string why);

// Checks a program. It has one to a thousand steps. A step of kProcessing has a duration of up to a
// year, or at least one poll, not both; a step with neither must be the last one. A step of
// kCompleted or kFailed must be the last one and has neither. Only kFailed has a code (0 to 999)
// and a reason (UTF-8). kProgramInvalid, which names the step, counted from 1.
Status Check(const Program& program);

}  // namespace msc::processing
