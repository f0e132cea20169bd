#pragma once

#include <msc/emulator.h>

#include <string>
#include <vector>

namespace msc {

// The line of JSON, without its end, that says that requests are served, and where.
std::string ReadyLine(const Emulator& emulator);

// The same for a child's environment: "MSC_EMULATOR_URL=…", and its two companions.
std::vector<std::string> AddressVariables(const Emulator& emulator);

}  // namespace msc
