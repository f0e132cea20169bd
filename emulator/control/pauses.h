#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace msc::control {

// Waits in transport time that a reset, or the end of the emulator, cuts short. Thread-safe.
class Pauses {
 public:
  // False, and at once, where it was cut short.
  bool WaitFor(std::chrono::nanoseconds time) {
    std::unique_lock lock(mutex_);
    const auto round = round_;
    return !changed_.wait_for(lock, time, [&] { return ended_ || round_ != round; });
  }

  // Ends the waits under way.
  void CutShort() {
    {
      const std::lock_guard lock(mutex_);
      ++round_;
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
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t round_ = 0;
  bool ended_ = false;
};

}  // namespace msc::control
