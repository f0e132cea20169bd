#pragma once

#include <optional>

#include "emulator/base/clock.h"

namespace msc::storage {

// The access tier of a block blob. The numbers are stored.
enum class Tier { kHot = 0, kCool = 1, kCold = 2, kArchive = 3 };

// How an archived blob comes back. Until `done` it is archived.
struct Rehydration {
  Tier tier = Tier::kHot;  // Which it gets.
  Time done;
  bool is_urgent = false;  // The priority is high.

  friend bool operator==(const Rehydration&, const Rehydration&) = default;
};

// The tier of a blob, as it is stored.
struct TierState {
  Tier tier = Tier::kHot;
  bool is_set = false;               // A client has chosen it.
  std::optional<Time> changed = {};  // When a client last changed it.
  std::optional<Rehydration> rehydration = {};

  friend bool operator==(const TierState&, const TierState&) = default;
};

}  // namespace msc::storage
