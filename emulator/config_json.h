#pragma once

#include <msc/emulator.h>

#include <string>

namespace msc {

// The options as a JSON object, with the names of the flags, without keys and tokens.
std::string ConfigJson(const EmulatorOptions& options);

}  // namespace msc
