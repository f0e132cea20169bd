#include "storage_stub/records/uncommitted_limit.h"

#include <algorithm>

#include "storage_stub/records/uncommitted_rows.h"

namespace msc::storage {
namespace {

constexpr std::size_t kMaxRemembered = 1024;  // Blobs.

}  // namespace

bool UncommittedLimit::Allows(sqlite::Transaction& transaction, std::int64_t container,
                              const std::string& blob, std::string_view block) {
  const MutexLock lock(mutex_);
  if (left_.size() > kMaxRemembered) left_.clear();
  auto& left = left_[{container, blob}];
  if (left == 0) {
    const std::size_t count = CountUncommittedOf(transaction, container, blob);
    left = kMaxUncommitted - std::min(count, kMaxUncommitted);
  }
  if (left == 0) return HasUncommitted(transaction, container, blob, block);
  --left;
  return true;
}

void UncommittedLimit::Forget() {
  const MutexLock lock(mutex_);
  left_.clear();
}

}  // namespace msc::storage
