#pragma once

#include <optional>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

namespace msc::storage {

// The access tier of a block blob. The numbers are stored.
enum class Tier { kHot = 0, kCool = 1, kCold = 2, kArchive = 3 };

// As in the header x-ms-access-tier.
const char* NameOf(Tier tier);

// In whatever case.
std::optional<Tier> ParseTier(std::string_view name);

// Whether it is a tier that only page blobs of premium accounts have.
bool IsPremiumTier(std::string_view name);

// How a blob comes back from the archive. Its bytes cannot be read before `done`.
struct Rehydration {
  Tier tier = Tier::kHot;  // Which it gets.
  Time done;
  bool is_urgent = false;  // The priority is high.

  friend bool operator==(const Rehydration&, const Rehydration&) = default;
};

// As in the header x-ms-archive-status.
const char* StatusOf(const Rehydration& rehydration);

// As in the header x-ms-rehydrate-priority.
const char* PriorityOf(const Rehydration& rehydration);

// The tier of a blob, as it is stored.
struct TierState {
  Tier tier = Tier::kHot;
  bool is_set = false;               // A client has chosen it.
  std::optional<Time> changed = {};  // When a client last changed it.
  std::optional<Rehydration> rehydration = {};

  friend bool operator==(const TierState&, const TierState&) = default;
};

// A tier that a client wants.
struct TierChange {
  Tier tier = Tier::kHot;
  bool is_urgent = false;  // If the blob is archived: it is rehydrated with high priority.
};

// The rehydration of an archived blob that begins at `now`.
Rehydration BeginRehydration(const TierChange& change, Time now);

// The state at `now`: without a rehydration that is complete.
TierState TierAt(const TierState& stored, Time now);

// The state after a client has set the tier. kBlobBeingRehydrated if the blob is on its way to
// another one.
Result<TierState> Changed(const TierState& stored, const TierChange& change, Time now);

}  // namespace msc::storage
