#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "emulator/base/clock.h"

namespace msc::storage {

// A lease of a blob or a container, as it is stored. Its state follows from it and the clock.
struct Lease {
  std::string id;                                     // GUID.
  std::optional<std::chrono::seconds> duration = {};  // nullopt: infinite.
  std::optional<Time> ends = {};                      // Of a finite lease.
  std::optional<Time> broken = {};  // When the break is complete, if it is broken.

  friend bool operator==(const Lease&, const Lease&) = default;
};

enum class LeaseState { kAvailable, kLeased, kExpired, kBreaking, kBroken };

// nullopt: there is none.
LeaseState StateOf(const std::optional<Lease>& lease, Time now);

// Whether only its holder may write.
bool IsLocked(LeaseState state);

// The values of the headers x-ms-lease-state, x-ms-lease-status and x-ms-lease-duration; the last
// one is nullptr unless the state is kLeased.
const char* NameOf(LeaseState state);
const char* StatusName(LeaseState state);
const char* DurationName(const std::optional<Lease>& lease, Time now);

}  // namespace msc::storage
