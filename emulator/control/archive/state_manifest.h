#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

namespace msc::control {

// What an archive of the state says beside records and bytes.
struct StateManifest {
  Time instant;                       // On the clock of the instance, when it was exported.
  std::uint64_t random_position = 0;  // Of its seeded randomness; 0 where it was not seeded.

  friend bool operator==(const StateManifest&, const StateManifest&) = default;
};

// {"format":"msc-emulator-state","version":1,"instant":"…Z","randomPosition":n}
std::string FormatManifest(const StateManifest& manifest);

// kArchiveInvalid, with the member that is missing or bad.
Result<StateManifest> ParseManifest(std::string_view text);

}  // namespace msc::control
