#pragma once

#include <atomic>
#include <chrono>
#include <optional>

#include "emulator/base/clock.h"

namespace msc::storage {

// How long a Copy Blob from now on stays pending. Thread-safe.
class CopyProgram {
 public:
  // Of a copy that is held: until the program changes or the copy is aborted.
  static constexpr Time kHeldUntil = Time(std::chrono::sys_days(
      std::chrono::year(9999) / std::chrono::December / std::chrono::day(31)));
  // Zero: complete at once.
  void Set(std::chrono::milliseconds duration) { duration_ = duration; }
  std::chrono::milliseconds duration() const { return duration_; }

  // When a copy that begins now is complete; nullopt: at once.
  std::optional<Time> Until(Time now) const {
    const auto duration = duration_.load();
    if (duration == std::chrono::milliseconds::zero()) return std::nullopt;
    return duration < kHeldUntil - now ? now + duration : kHeldUntil;
  }

 private:
  std::atomic<std::chrono::milliseconds> duration_ = std::chrono::milliseconds::zero();
};

}  // namespace msc::storage
