#pragma once

#include <msc/video.h>

#include <chrono>
#include <optional>

#include "emulator/base/mutex.h"

namespace msc {

// The one domain clock of an emulator: processing, expiry, every date it writes. Whatever the
// machine's wall clock does, it never goes back unless it is told to. Thread-safe.
//
// Transport time (deadlines, delays) is std::chrono::steady_clock and has nothing to do with it.
class Clock {
 public:
  enum class Mode { kReal, kFrozen, kScaled };

  // Starts at the machine's wall clock and runs.
  Clock();

  // Stands at `frozen_at` and moves only when told.
  explicit Clock(Time frozen_at);

  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

  Time Now() const;

  Mode mode() const;

  // Moves the clock on, running or frozen, and returns the new time. REQUIRES: `by` is not
  // negative.
  Time Advance(std::chrono::milliseconds by);

  // Stops it at `at`, before or after now. What is outside the years 1 to 9998, here as everywhere,
  // is their first or last moment.
  void Freeze(Time at);

  // Lets it run `factor` times as fast as the machine's; 1 is kReal. REQUIRES: above 0.
  void Scale(double factor);

  // As it was made: running with the machine's wall clock, or standing where it stood.
  void Reset();

  // What it takes to have it go on from here later.
  struct State {
    Mode mode = Mode::kReal;
    double factor = 1;
    Time now{};
  };
  State Save() const;
  void Restore(const State& state);

  // How long until it shows `at`, in transport time, not less than 0; nullopt where it stands.
  std::optional<std::chrono::nanoseconds> Until(Time at) const;

 private:
  Time NowLocked() const MSC_REQUIRES(mutex_);
  Mode ModeLocked() const MSC_REQUIRES(mutex_);
  void RunLocked(Time from, double factor) MSC_REQUIRES(mutex_);

  const std::optional<Time> initial_;  // Where it stood; absent: it ran.
  mutable Mutex mutex_;
  bool frozen_ MSC_GUARDED_BY(mutex_);
  double factor_ MSC_GUARDED_BY(mutex_) = 1;
  Time start_ MSC_GUARDED_BY(mutex_);
  // On the machine's boot clock, which runs through a suspend.
  std::chrono::nanoseconds started_ MSC_GUARDED_BY(mutex_);
};

// "frozen" for kFrozen.
std::string_view Name(Clock::Mode mode);

}  // namespace msc
