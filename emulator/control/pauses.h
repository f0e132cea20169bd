#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace msc::control {

// Waits in transport time that a reset, or the end of the emulator, cuts short. Thread-safe.
class Pauses {
 public:
  // The waits of one request: the first CutShort after it was made ends them, those to come as
  // well. Copies share that fate. REQUIRES: the pauses outlive it.
  class Round {
   public:
    // At once where it was cut short.
    void WaitFor(std::chrono::nanoseconds time) { pauses_.WaitFor(time, number_); }

   private:
    friend class Pauses;
    Round(Pauses& pauses, std::uint64_t number) : pauses_(pauses), number_(number) {}

    Pauses& pauses_;
    const std::uint64_t number_;
  };

  // To be made before it is known whether anything is to be waited for, so that no reset slips in
  // between.
  Round BeginRound() { return {*this, number_}; }

  // Ends the waits under way.
  void CutShort() {
    {
      const std::lock_guard lock(mutex_);
      ++number_;
    }
    changed_.notify_all();
  }

  // Ends all waits, those to come as well.
  void End() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
  }

 private:
  void WaitFor(std::chrono::nanoseconds time, std::uint64_t number) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [&] { return ended_ || number_ != number; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<std::uint64_t> number_ = 0;  // Read without the lock: once for each request.
  bool ended_ = false;
};

}  // namespace msc::control
