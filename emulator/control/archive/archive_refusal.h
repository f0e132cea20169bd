#pragma once

#include <string>
#include <utility>

#include "emulator/base/error.h"

namespace msc::control {

// `why` names what is wrong with an archive.
inline Error ArchiveRefused(std::string why) {
  return {ErrorCode::kArchiveInvalid, std::move(why)};
}

}  // namespace msc::control
