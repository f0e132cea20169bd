#pragma once

#include <msc/video.h>

#include <chrono>
#include <mutex>

namespace msc {

// The one domain clock of an emulator: processing, expiry, every date it writes. It never goes
// back, whatever the machine's wall clock does. Thread-safe.
//
// Transport time (deadlines, delays) is std::chrono::steady_clock and has nothing to do with it.
class Clock {
 public:
  // Starts at the machine's wall clock and runs.
  Clock();

  // Stands at `frozen_at` and moves only when told.
  explicit Clock(Time frozen_at);

  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

  Time Now() const;

  // Moves the clock on, running or frozen, and returns the new time. REQUIRES: `by` is not
  // negative.
  Time Advance(std::chrono::milliseconds by);

 private:
  Time NowLocked() const;

  mutable std::mutex mutex_;
  bool frozen_;
  Time start_;
  std::chrono::nanoseconds started_;  // On the machine's boot clock, which runs through a suspend.
};

}  // namespace msc
