#pragma once

namespace msc::processing {

// Errors of setting a program.
enum class ProgramError {
  kProgramInvalid,  // The program is invalid.
  kVideoEnded,      // The video is completed or failed, so it cannot get a program.
};

int StatusOf(ProgramError error);

}  // namespace msc::processing
