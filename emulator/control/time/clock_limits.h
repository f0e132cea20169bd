#pragma once

#include <chrono>
#include <string_view>

#include "emulator/base/clock.h"

// What the clock can be told to do, in every way that it can be told.
namespace msc::control {

// How far it can be moved on at once: a thousand years.
inline constexpr std::chrono::milliseconds kLongestAdvance = std::chrono::hours(24 * 366 * 1000);

// When it can stand: years have four digits on the wire, and what is signed then expires later.
inline bool IsClockInstant(Time at) {
  using namespace std::chrono;
  return at >= sys_days(year(1) / 1 / 1) && at < sys_days(year(9999) / 1 / 1);
}

// The same in words.
inline constexpr std::string_view kClockInstants =
    "like 2024-06-30T12:00:00Z and before the year 9999";

// Whether it can be moved on from `now` by that.
inline bool IsClockAdvance(Time now, std::chrono::milliseconds by) {
  return by.count() >= 0 && by <= kLongestAdvance && IsClockInstant(now + by);
}

// How fast it can run.
inline bool IsClockFactor(double factor) { return factor > 0 && factor <= 1e6; }

inline constexpr std::string_view kClockFactors = "above 0 and at most a million";

}  // namespace msc::control
