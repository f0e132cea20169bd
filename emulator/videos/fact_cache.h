#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "emulator/base/mutex.h"

namespace msc::videos {

// What does not change for as long as a video is there, such as which one an asset belongs to, so
// that most blob requests need not ask the database. Holds a limited number; what is not in it
// stands in the records. Thread-safe.
template <typename Value>
class FactCache {
 public:
  static constexpr std::size_t kMost = 16'384;  // About 4 MB.

  // nullopt: not in it.
  std::optional<Value> Find(std::string_view key) const {
    const MutexLock lock(mutex_);
    const auto found = facts_.find(key);
    if (found == facts_.end()) return std::nullopt;
    return found->second;
  }

  // To be called under the lock of the database, so that it stays in step with the records.
  void Put(std::string_view key, Value value) {
    const MutexLock lock(mutex_);
    if (facts_.size() >= kMost) facts_.erase(facts_.begin());
    facts_.insert_or_assign(std::string(key), std::move(value));
  }
  void Clear() {
    const MutexLock lock(mutex_);
    facts_.clear();
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  mutable Mutex mutex_;
  std::unordered_map<std::string, Value, Hash, std::equal_to<>> facts_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::videos
