#pragma once

#include <msc/emulator.h>

#include <string>

namespace msc {

// The options as a JSON object, named as the flags are, without keys and tokens.
std::string ConfigJson(const EmulatorOptions& options);

}  // namespace msc
