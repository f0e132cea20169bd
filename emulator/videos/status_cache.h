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

// The progress of videos as it was committed last, without programs, so that GET Status waits for
// no transaction. Holds a limited number; what is not in it stands in the records. Thread-safe.
class StatusCache {
 public:
  static constexpr std::size_t kMost = 131'072;  // About 40 MB.

  // nullopt: not in it.
  std::optional<processing::Progress> Find(std::string_view id) const;

  // To be called under the lock of the database, so that it stays in step with the records.
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
