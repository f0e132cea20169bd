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

}  // namespace msc::storage
