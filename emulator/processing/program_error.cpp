#include "emulator/processing/program_error.h"

#include <stdexcept>

namespace msc::processing {

int StatusOf(ProgramError error) {
  switch (error) {
    case ProgramError::kProgramInvalid:
      return 400;
    case ProgramError::kVideoEnded:
      return 409;
  }
  throw std::logic_error("ProgramError out of range");
}

}  // namespace msc::processing
