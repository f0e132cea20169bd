#pragma once

#include <chrono>

#include "emulator/base/clock.h"

// The times that dates on the wire can have, and arithmetic that stays among them.
namespace msc {

// 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: years have four digits.
inline constexpr Time kFirstTime = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
inline constexpr Time kLastTime =
    std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1) - std::chrono::milliseconds(1);

constexpr bool IsInTimeRange(Time time) { return time >= kFirstTime && time <= kLastTime; }

// `time`, or the end of the range that it is beyond.
constexpr Time Clamped(Time time) {
  return time < kFirstTime ? kFirstTime : time > kLastTime ? kLastTime : time;
}

// `time` plus `by`, clamped. Does not overflow, whatever the operands are.
constexpr Time Shifted(Time time, std::chrono::milliseconds by) {
  const Time from = Clamped(time);
  if (by > kLastTime - from) return kLastTime;
  if (by < kFirstTime - from) return kFirstTime;
  return from + by;
}

}  // namespace msc
