#pragma once

#include <map>
#include <string>
#include <string_view>

#include "emulator/base/mutex.h"
#include "storage_stub/model/kept_history.h"

namespace msc::storage {

// What each account keeps of the history of its blobs. Thread-safe.
class HistorySettings {
 public:
  // `defaults`: of accounts whose service properties say nothing about it.
  explicit HistorySettings(const KeptHistory& defaults) : defaults_(defaults) {}

  const KeptHistory& defaults() const { return defaults_; }

  KeptHistory Of(std::string_view account) const {
    const MutexLock lock(mutex_);
    const auto found = deleted_.find(account);
    if (found == deleted_.end()) return defaults_;
    return {.versions = defaults_.versions, .deleted = found->second};
  }

  void SetDeleted(const std::string& account, std::optional<std::chrono::days> deleted) {
    const MutexLock lock(mutex_);
    deleted_[account] = deleted;
  }

 private:
  const KeptHistory defaults_;
  mutable Mutex mutex_;
  std::map<std::string, std::optional<std::chrono::days>, std::less<>> deleted_
      MSC_GUARDED_BY(mutex_);  // By account.
};

}  // namespace msc::storage
