#pragma once

#include <msc/video.h>

#include <chrono>
#include <optional>

#include "emulator/base/mutex.h"

namespace msc {

// The domain clock of an emulator: for processing, expiry and all dates that it writes. It never
// goes back unless it is told to, whatever the machine's wall clock does. Thread-safe.
//
// Transport time (deadlines, delays) is std::chrono::steady_clock and independent of it.
class Clock {
 public:
  enum class Mode { kReal, kFrozen, kScaled };

  // Starts at the machine's wall clock and runs.
  Clock();

  // Frozen at `frozen_at`; moves only when told.
  explicit Clock(Time frozen_at);

  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

  Time Now() const;

  Mode mode() const;

  // Moves the clock forward, running or frozen, and returns the new time. REQUIRES: `by` is not
  // negative.
  Time Advance(std::chrono::milliseconds by);

  // Freezes the clock at `at`, before or after now. Times outside the years 1 to 9998 are replaced
  // by the first or last one inside, here and in all methods.
  void Freeze(Time at);

  // Lets the clock run `factor` times as fast as the machine's; 1 is kReal. REQUIRES: above 0.
  void Scale(double factor);

  // Back to how it was constructed: running with the machine's wall clock, or frozen at the same
  // instant.
  void Reset();

  // What is needed to continue from here later.
  struct State {
    Mode mode = Mode::kReal;
    double factor = 1;
    Time now{};
  };
  State Save() const;
  void Restore(const State& state);

  // The time until the clock shows `at`, in transport time, not less than 0; nullopt if it is
  // frozen.
  std::optional<std::chrono::nanoseconds> Until(Time at) const;

 private:
  Time NowLocked() const MSC_REQUIRES(mutex_);
  Mode ModeLocked() const MSC_REQUIRES(mutex_);
  void RunLocked(Time from, double factor) MSC_REQUIRES(mutex_);

  const std::optional<Time> initial_;  // Where it was frozen; absent: it ran.
  mutable Mutex mutex_;
  bool frozen_ MSC_GUARDED_BY(mutex_);
  double factor_ MSC_GUARDED_BY(mutex_) = 1;
  Time start_ MSC_GUARDED_BY(mutex_);
  // On the machine's boot clock, which also runs while the machine is suspended.
  std::chrono::nanoseconds started_ MSC_GUARDED_BY(mutex_);
};

// "frozen" for kFrozen.
std::string_view Name(Clock::Mode mode);

}  // namespace msc
