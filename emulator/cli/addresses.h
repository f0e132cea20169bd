#pragma once

#include <msc/emulator.h>

#include <string>
#include <vector>

namespace msc {

// The ready line: JSON with the addresses of the emulator, without a newline.
std::string ReadyLine(const Emulator& emulator);

// The addresses as environment variables of a child: "MSC_EMULATOR_URL=…" and two more.
std::vector<std::string> AddressVariables(const Emulator& emulator);

}  // namespace msc
