#pragma once

#include <chrono>

#include "emulator/base/mutex.h"

namespace msc::http {

// Tells waiting handlers that the server stops. Thread-safe.
class StopSignal {
 public:
  void Set() {
    {
      const MutexLock lock(mutex_);
      stopped_ = true;
    }
    changed_.NotifyAll();
  }

  bool IsSet() const {
    const MutexLock lock(mutex_);
    return stopped_;
  }

  // Waits in transport time; returns true, at once, when the server stops.
  bool WaitFor(std::chrono::steady_clock::duration time) const {
    const MutexLock lock(mutex_);
    return changed_.WaitFor(mutex_, time, [this]() MSC_REQUIRES(mutex_) { return stopped_; });
  }

 private:
  mutable Mutex mutex_;
  mutable ConditionVariable changed_;
  bool stopped_ MSC_GUARDED_BY(mutex_) = false;
};

}  // namespace msc::http
