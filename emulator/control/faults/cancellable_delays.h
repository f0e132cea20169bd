#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>

#include "emulator/base/mutex.h"

namespace msc::control {

// The delays of faults, in transport time. A reset and the end of the emulator cancel them.
// Thread-safe.
class CancellableDelays {
 public:
  // Whether a delay is useless by now. Called ten times a second during a delay.
  using EndCheck = std::function<bool()>;

  // The delays of one request. The first CancelAll after the scope began cancels all of them,
  // including later ones. Copies are cancelled together. REQUIRES: the CancellableDelays outlive
  // it.
  class Scope {
   public:
    // Returns at once if the scope is cancelled.
    void WaitFor(std::chrono::nanoseconds time) { delays_.WaitFor(time, generation_, is_over_); }

    // The same scope, which also ends when `is_over` returns true.
    Scope Until(EndCheck is_over) const { return {delays_, generation_, std::move(is_over)}; }

   private:
    friend class CancellableDelays;
    Scope(CancellableDelays& delays, std::uint64_t generation, EndCheck is_over = nullptr)
        : delays_(delays), generation_(generation), is_over_(std::move(is_over)) {}

    CancellableDelays& delays_;
    const std::uint64_t generation_;
    const EndCheck is_over_;
  };

  // To be called before a fault is chosen: then a reset between the choice and the delay cancels
  // it.
  Scope BeginScope() { return {*this, generation_}; }

  // Cancels all scopes that have begun.
  void CancelAll() {
    {
      const MutexLock lock(mutex_);
      ++generation_;
    }
    changed_.NotifyAll();
  }

  // Cancels all scopes, including later ones.
  void End() {
    {
      const MutexLock lock(mutex_);
      ended_ = true;
    }
    changed_.NotifyAll();
  }

 private:
  static constexpr std::chrono::milliseconds kCheckInterval{100};

  void WaitFor(std::chrono::nanoseconds time, std::uint64_t generation, const EndCheck& is_over) {
    using std::chrono::steady_clock;
    const auto end = steady_clock::now() + time;
    const MutexLock lock(mutex_);
    while (!ended_ && generation_ == generation && steady_clock::now() < end) {
      if (is_over && is_over()) return;
      const auto next_check = steady_clock::now() + kCheckInterval;
      changed_.WaitUntil(mutex_,
                         is_over ? std::min<steady_clock::time_point>(end, next_check) : end);
    }
  }

  Mutex mutex_;
  ConditionVariable changed_;
  std::atomic<std::uint64_t> generation_ = 0;  // Read without the lock: once for each request.
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
};

}  // namespace msc::control
