#pragma once

#include <string>

#include "emulator/base/error.h"

namespace msc::control {

// What to do about an error of the Videos API, of key delivery or of playback, apart from the state
// of a video; empty: nothing is known.
std::string AdviceFor(const Error& error);

}  // namespace msc::control
