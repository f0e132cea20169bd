#include "emulator/videos/status_cache.h"

#include <utility>

namespace msc::videos {

std::optional<processing::Progress> StatusCache::Find(std::string_view id) const {
  const MutexLock lock(mutex_);
  const auto found = statuses_.find(id);
  if (found == statuses_.end()) return std::nullopt;
  return found->second;
}

void StatusCache::Put(const std::string& id, const processing::Progress& progress) {
  processing::Progress status{.state = progress.state,
                              .next = progress.next,
                              .polls_left = progress.polls_left,
                              .failure_code = progress.failure_code,
                              .failure_reason = progress.failure_reason};
  const MutexLock lock(mutex_);
  if (statuses_.size() >= kMost && !statuses_.contains(id)) statuses_.erase(statuses_.begin());
  statuses_[id] = std::move(status);
}

void StatusCache::Remove(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto found = statuses_.find(id);
  if (found != statuses_.end()) statuses_.erase(found);
}

void StatusCache::Clear() {
  const MutexLock lock(mutex_);
  statuses_.clear();
}

}  // namespace msc::videos
