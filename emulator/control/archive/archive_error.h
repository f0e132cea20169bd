#pragma once

#include <string>
#include <utility>

#include "emulator/base/error.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {

// `why` names what is wrong with an archive.
inline Error ArchiveInvalid(std::string why) {
  return {ControlError::kArchiveInvalid, std::move(why)};
}

// The same of what storage found wrong in its part.
inline Error ArchiveInvalid(const Error& found_by_storage) {
  return ArchiveInvalid(found_by_storage.message);
}

}  // namespace msc::control
