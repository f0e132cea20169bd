#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "emulator/base/mutex.h"
#include "emulator/processing/progress.h"

namespace msc::videos {

// The last committed progress of videos, without programs, so that GET Status does not wait for a
// transaction. Holds a limited number; the others must be read from the records. Thread-safe.
class StatusCache {
 public:
  static constexpr std::size_t kMost = 131'072;  // About 40 MB.

  // nullopt: not in the cache.
  std::optional<processing::Progress> Find(std::string_view id) const;

  // To be called under the database's lock, so that the cache never differs from the records.
  void Put(const std::string& id, const processing::Progress& progress);
  void Remove(std::string_view id);
  void Clear();

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  mutable Mutex mutex_;
  std::unordered_map<std::string, processing::Progress, Hash, std::equal_to<>> statuses_
      MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::videos
