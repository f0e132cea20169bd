#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

namespace msc::control {

// What an archive contains besides records and bytes.
struct StateManifest {
  Time instant;                       // On the emulator's clock, when it was exported.
  std::uint64_t random_position = 0;  // Of its seeded random stream; 0 if it had no seed.

  friend bool operator==(const StateManifest&, const StateManifest&) = default;
};

// {"format":"msc-emulator-state","version":1,"instant":"…Z","randomPosition":n}
std::string FormatManifest(const StateManifest& manifest);

// kArchiveInvalid, with the member that is missing or invalid.
Result<StateManifest> ParseManifest(std::string_view text);

}  // namespace msc::control
