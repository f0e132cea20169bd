#include "emulator/base/clock.h"

#include <time.h>

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

}  // namespace

Clock::Clock()
    : frozen_(false),
      start_(std::chrono::floor<milliseconds>(std::chrono::system_clock::now())),
      started_(SinceBoot()) {}

Clock::Clock(Time frozen_at) : frozen_(true), start_(frozen_at), started_(0) {}

Time Clock::Now() const {
  const std::lock_guard lock(mutex_);
  return NowLocked();
}

Time Clock::Advance(milliseconds by) {
  const std::lock_guard lock(mutex_);
  start_ += by;
  return NowLocked();
}

Time Clock::NowLocked() const {
  if (frozen_) return start_;
  return start_ + std::chrono::floor<milliseconds>(SinceBoot() - started_);
}

}  // namespace msc
