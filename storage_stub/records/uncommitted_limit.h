#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/base/mutex.h"
#include "emulator/sqlite/database.h"

namespace msc::storage {

inline constexpr std::size_t kMaxUncommitted = 100'000;  // Blocks of a blob.

// Sees to it that no blob has too many uncommitted blocks. To count them takes time, so that is
// done only when so many were staged that there may be too many. Thread-safe.
class UncommittedLimit {
 public:
  // Whether one more block may be staged, which may replace the one with its id.
  // REQUIRES: it is staged then, in the transaction.
  bool Allows(sqlite::Transaction& transaction, std::int64_t container, const std::string& blob,
              std::string_view block);

  // To be called if other records take the place of all.
  void Forget();

 private:
  Mutex mutex_;
  // How many more blocks may be staged without counting, for each blob of a container.
  std::map<std::pair<std::int64_t, std::string>, std::size_t> left_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::storage
