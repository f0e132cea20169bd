#include "storage_stub/model/lease.h"

#include <stdexcept>

#include "storage_stub/protocol/wire.h"

namespace msc::storage {

LeaseState StateOf(const std::optional<Lease>& lease, Time now) {
  if (!lease) return LeaseState::kAvailable;
  if (lease->broken) return now < *lease->broken ? LeaseState::kBreaking : LeaseState::kBroken;
  return lease->ends && now >= *lease->ends ? LeaseState::kExpired : LeaseState::kLeased;
}

bool IsLocked(LeaseState state) {
  return state == LeaseState::kLeased || state == LeaseState::kBreaking;
}

const char* NameOf(LeaseState state) {
  switch (state) {
    case LeaseState::kAvailable:
      return wire::kAvailable;
    case LeaseState::kLeased:
      return wire::kLeased;
    case LeaseState::kExpired:
      return wire::kExpired;
    case LeaseState::kBreaking:
      return wire::kBreaking;
    case LeaseState::kBroken:
      return wire::kBroken;
  }
  throw std::logic_error("LeaseState out of range");
}

const char* StatusName(LeaseState state) {
  return IsLocked(state) ? wire::kLocked : wire::kUnlocked;
}

const char* DurationName(const std::optional<Lease>& lease, Time now) {
  if (StateOf(lease, now) != LeaseState::kLeased) return nullptr;
  return lease->duration ? wire::kFixed : wire::kInfinite;
}

}  // namespace msc::storage
