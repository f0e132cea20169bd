#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "emulator/base/mutex.h"

namespace msc::videos {

// Which video an asset or a content key belongs to, as it was committed last, so that most blob
// requests ask no database. Holds a limited number; what is not in it stands in the records.
// Thread-safe.
class IdCache {
 public:
  static constexpr std::size_t kMost = 16'384;  // About 4 MB.

  // The video's id; nullopt: not in it.
  std::optional<std::string> Find(std::string_view owned) const {
    const MutexLock lock(mutex_);
    const auto found = ids_.find(owned);
    if (found == ids_.end()) return std::nullopt;
    return found->second;
  }

  // To be called under the lock of the database, so that it stays in step with the records.
  void Put(std::string_view owned, const std::string& id) {
    const MutexLock lock(mutex_);
    if (ids_.size() >= kMost) ids_.erase(ids_.begin());
    ids_.insert_or_assign(std::string(owned), id);
  }
  void Clear() {
    const MutexLock lock(mutex_);
    ids_.clear();
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  mutable Mutex mutex_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> ids_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::videos
