#pragma once

namespace msc::processing {

// Errors of setting a program.
enum class ProgramError {
  kProgramInvalid,  // There can be no such program.
  kVideoEnded,      // The video is completed or failed and takes no program any more.
};

int StatusOf(ProgramError error);

}  // namespace msc::processing
