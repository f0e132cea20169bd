#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

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
      const std::lock_guard lock(mutex_);
      ++generation_;
    }
    changed_.notify_all();
  }

  // Cancels all scopes, those to come as well.
  void End() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
  }

 private:
  void WaitFor(std::chrono::nanoseconds time, std::uint64_t generation) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [&] { return ended_ || generation_ != generation; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<std::uint64_t> generation_ = 0;  // Read without the lock: once for each request.
  bool ended_ = false;
};

}  // namespace msc::control
