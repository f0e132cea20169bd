#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "emulator/base/mutex.h"

namespace msc::control {

// The delays that faults bring, in transport time. A reset, or the end of the emulator, cancels
// them. Thread-safe.
class CancellableDelays {
 public:
  // The delays of one request: the first CancelAll after the scope began cancels them, those to
  // come as well. Copies are cancelled together. REQUIRES: the CancellableDelays outlive it.
  class Scope {
   public:
    // Returns at once if the scope is cancelled.
    void WaitFor(std::chrono::nanoseconds time) { delays_.WaitFor(time, generation_); }

   private:
    friend class CancellableDelays;
    Scope(CancellableDelays& delays, std::uint64_t generation)
        : delays_(delays), generation_(generation) {}

    CancellableDelays& delays_;
    const std::uint64_t generation_;
  };

  // To be called before a fault is chosen, so that no reset comes between the choice and the scope.
  Scope BeginScope() { return {*this, generation_}; }

  // Cancels all scopes that have begun.
  void CancelAll() {
    {
      const MutexLock lock(mutex_);
      ++generation_;
    }
    changed_.NotifyAll();
  }

  // Cancels all scopes, those to come as well.
  void End() {
    {
      const MutexLock lock(mutex_);
      ended_ = true;
    }
    changed_.NotifyAll();
  }

 private:
  void WaitFor(std::chrono::nanoseconds time, std::uint64_t generation) {
    const MutexLock lock(mutex_);
    changed_.WaitFor(mutex_, time,
                     [&]() MSC_REQUIRES(mutex_) { return ended_ || generation_ != generation; });
  }

  Mutex mutex_;
  ConditionVariable changed_;
  std::atomic<std::uint64_t> generation_ = 0;  // Read without the lock: once for each request.
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
};

}  // namespace msc::control
