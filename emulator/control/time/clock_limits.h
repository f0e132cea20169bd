#pragma once

#include <chrono>
#include <string_view>

#include "emulator/base/time_range.h"

// Limits of the clock, for the C++ API and the control API.
namespace msc::control {

// How far it can be moved at once: a thousand years.
inline constexpr std::chrono::milliseconds kLongestAdvance = std::chrono::hours(24 * 366 * 1000);

// Instants that the clock can show: years have four digits on the wire, and signatures expire later
// than now.
inline bool IsClockInstant(Time at) {
  using namespace std::chrono;
  return at >= kFirstTime && at < sys_days(year(9999) / 1 / 1);
}

// The same in words.
inline constexpr std::string_view kClockInstants =
    "like 2024-06-30T12:00:00Z and before the year 9999";

// Whether the clock can be moved from `now` by `by`.
inline bool IsClockAdvance(Time now, std::chrono::milliseconds by) {
  return by.count() >= 0 && by <= kLongestAdvance && IsClockInstant(Shifted(now, by));
}

// How fast the clock can run.
inline bool IsClockFactor(double factor) { return factor > 0 && factor <= 1e6; }

inline constexpr std::string_view kClockFactors = "above 0 and at most a million";

}  // namespace msc::control
