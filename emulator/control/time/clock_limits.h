#pragma once

#include <chrono>

#include "emulator/base/clock.h"

namespace msc::control {

// How far the clock can be moved on at once: a thousand years.
inline constexpr std::chrono::milliseconds kLongestAdvance = std::chrono::hours(24 * 366 * 1000);

// Where it can stand: years have four digits on the wire, and what is signed then expires later.
inline bool IsClockInstant(Time at) {
  using namespace std::chrono;
  return at >= sys_days(year(1) / 1 / 1) && at < sys_days(year(9999) / 1 / 1);
}

// How fast it can run.
inline bool IsClockFactor(double factor) { return factor > 0 && factor <= 1e6; }

}  // namespace msc::control
