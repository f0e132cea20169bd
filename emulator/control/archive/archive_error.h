#pragma once

#include <string>
#include <utility>

#include "emulator/base/error.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {

// `why`: what is wrong with the archive.
inline Error ArchiveInvalid(std::string why) {
  return {ControlError::kArchiveInvalid, std::move(why)};
}

// The same, for an error that storage found in its part of the archive.
inline Error ArchiveInvalid(const Error& found_by_storage) {
  return ArchiveInvalid(found_by_storage.message);
}

}  // namespace msc::control
