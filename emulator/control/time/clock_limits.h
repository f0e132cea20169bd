#pragma once

#include <chrono>

namespace msc::control {

// How far the clock can be moved on at once: a thousand years.
inline constexpr std::chrono::milliseconds kLongestAdvance = std::chrono::hours(24 * 366 * 1000);

// How fast it can run.
inline bool IsClockFactor(double factor) { return factor > 0 && factor <= 1e6; }

}  // namespace msc::control
