#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace msc::http {

// Tells handlers that wait that the server is stopping. Thread-safe.
class StopSignal {
 public:
  void Set() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

  // Waits in transport time; true, and at once, when the server stops.
  bool WaitFor(std::chrono::steady_clock::duration time) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [this] { return stopped_; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool stopped_ = false;
};

}  // namespace msc::http
