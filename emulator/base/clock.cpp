#include "emulator/base/clock.h"

#include <time.h>

#include <algorithm>
#include <stdexcept>

#include "emulator/base/time_range.h"

namespace msc {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

nanoseconds SinceBoot() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
}

// The years that have four digits in dates on the wire, including dates of expiry.
constexpr Time kFirst = kFirstTime;
constexpr Time kLast = std::chrono::sys_days(std::chrono::year(9999) / 1 / 1) - milliseconds(1);

Time WallTime() { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); }

}  // namespace

Clock::Clock() : frozen_(false), start_(WallTime()), started_(SinceBoot()) {}

Clock::Clock(Time frozen_at)
    : initial_(frozen_at),
      frozen_(true),
      start_(std::clamp(frozen_at, kFirst, kLast)),
      started_(SinceBoot()) {}

Time Clock::Now() const {
  const MutexLock lock(mutex_);
  return NowLocked();
}

Clock::Mode Clock::mode() const {
  const MutexLock lock(mutex_);
  return ModeLocked();
}

Clock::Mode Clock::ModeLocked() const {
  if (frozen_) return Mode::kFrozen;
  return factor_ == 1 ? Mode::kReal : Mode::kScaled;
}

Time Clock::Advance(milliseconds by) {
  const MutexLock lock(mutex_);
  // `now` plus a bounded `by`: this cannot overflow, however often the clock is moved.
  const Time now = NowLocked();
  const Time then = now + std::min<milliseconds>(by, kLast - now);
  const bool was_frozen = frozen_;
  RunLocked(then, factor_);
  frozen_ = was_frozen;
  return NowLocked();
}

void Clock::Freeze(Time at) {
  const MutexLock lock(mutex_);
  frozen_ = true;
  start_ = std::clamp(at, kFirst, kLast);
}

void Clock::Scale(double factor) {
  const MutexLock lock(mutex_);
  RunLocked(NowLocked(), factor);
}

void Clock::Reset() {
  const MutexLock lock(mutex_);
  RunLocked(initial_.value_or(WallTime()), 1);
  frozen_ = initial_.has_value();
}

void Clock::RunLocked(Time from, double factor) {
  frozen_ = false;
  factor_ = factor;
  start_ = std::clamp(from, kFirst, kLast);
  started_ = SinceBoot();
}

Clock::State Clock::Save() const {
  const MutexLock lock(mutex_);
  return {.mode = ModeLocked(), .factor = factor_, .now = NowLocked()};
}

void Clock::Restore(const State& state) {
  const MutexLock lock(mutex_);
  RunLocked(state.now, state.factor);
  frozen_ = state.mode == Mode::kFrozen;
}

std::optional<nanoseconds> Clock::Until(Time at) const {
  const MutexLock lock(mutex_);
  if (frozen_) return std::nullopt;
  // In floating point, because `at` may be the end of time.
  const std::chrono::duration<double, std::nano> left =
      std::chrono::duration<double, std::milli>(at.time_since_epoch()) -
      std::chrono::duration<double, std::milli>(NowLocked().time_since_epoch());
  constexpr double kLongest = 1e18;  // About thirty years.
  return nanoseconds(static_cast<std::int64_t>(std::clamp(left.count() / factor_, 0.0, kLongest)));
}

Time Clock::NowLocked() const {
  if (frozen_) return start_;
  const nanoseconds passed = SinceBoot() - started_;
  if (factor_ == 1) return std::min(start_ + std::chrono::floor<milliseconds>(passed), kLast);
  const std::chrono::duration<double, std::milli> room = kLast - start_;
  const std::chrono::duration<double, std::milli> scaled = passed * factor_;
  return start_ + std::chrono::floor<milliseconds>(std::min(scaled, room));
}

std::string_view Name(Clock::Mode mode) {
  switch (mode) {
    case Clock::Mode::kReal:
      return "real";
    case Clock::Mode::kFrozen:
      return "frozen";
    case Clock::Mode::kScaled:
      return "scaled";
  }
  throw std::logic_error("Clock::Mode out of range");
}

}  // namespace msc
