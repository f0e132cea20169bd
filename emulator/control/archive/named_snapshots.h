#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/control/archive/emulator_state.h"

namespace msc::control {

// How many snapshots may be kept, and how many bytes of records in all of them. Bytes of blobs are
// shared with the state and do not count.
struct SnapshotLimits {
  std::size_t count = 100;
  std::uint64_t bytes = 1024 * 1024 * 1024;
};

// Snapshots by name. Not thread-safe.
class NamedSnapshots {
 public:
  explicit NamedSnapshots(SnapshotLimits limits = {}) : limits_(limits) {}

  // kInvalidArgument if there is no room for another name. To be asked before a snapshot is taken,
  // which may take long.
  Status CheckRoom(const std::string& name) const;

  // Keeps `snapshot` in the place of the one with that name. Also kLimitReached if there would be
  // too many bytes.
  Status Put(const std::string& name, StateSnapshot snapshot);

  // Null if there is no snapshot with that name.
  std::shared_ptr<const StateSnapshot> Find(const std::string& name) const;

  // False if there is no snapshot with that name.
  bool Erase(const std::string& name) { return snapshots_.erase(name) > 0; }

  std::vector<std::string> Names() const;  // In alphabetical order.

 private:
  std::uint64_t BytesWithout(const std::string& name) const;

  const SnapshotLimits limits_;
  std::map<std::string, std::shared_ptr<const StateSnapshot>> snapshots_;
};

}  // namespace msc::control
