#include "emulator/control/time/transition_scheduler.h"

#include <exception>
#include <utility>

#include "emulator/base/thread.h"
#include "emulator/base/time_range.h"

namespace msc::control {
namespace {

using std::chrono::steady_clock;

// How long to wait after a read of the database failed.
constexpr std::chrono::seconds kRetry(1);

}  // namespace

TransitionScheduler::TransitionScheduler(Clock& clock, videos::VideoService& videos, Log log)
    : clock_(clock), videos_(videos), log_(std::move(log)) {}

TransitionScheduler::~TransitionScheduler() {
  End();
  if (runner_.joinable()) runner_.join();
}

void TransitionScheduler::Start(std::function<void()> on_move) {
  on_move_ = std::move(on_move);
  runner_ = StartThread(&TransitionScheduler::Run, this);
}

TransitionScheduler::Fired TransitionScheduler::MoveClock(
    const std::function<void(std::optional<Time> next)>& move) {
  Fired fired;
  {
    const MutexLock lock(moving_);
    fired = videos_.FireDueAround(move);
  }
  on_move_();
  Notify();
  return fired;
}

TransitionScheduler::Fired TransitionScheduler::Advance(std::chrono::milliseconds by) {
  return MoveClock([&](auto) { clock_.Advance(by); });
}

TransitionScheduler::Fired TransitionScheduler::AdvanceToNext() {
  return MoveClock([&](std::optional<Time> next) {
    const Time now = clock_.Now();
    if (next && *next > now) clock_.Advance(Clamped(*next) - now);
  });
}

TransitionScheduler::Fired TransitionScheduler::Freeze(std::optional<Time> at) {
  return MoveClock([&](auto) { clock_.Freeze(at.value_or(clock_.Now())); });
}

TransitionScheduler::Fired TransitionScheduler::Scale(double factor) {
  return MoveClock([&](auto) { clock_.Scale(factor); });
}

TransitionScheduler::Fired TransitionScheduler::Reset() {
  return MoveClock([&](auto) { clock_.Reset(); });
}

Status TransitionScheduler::Replace(const std::function<Status()>& replace) {
  {
    const MutexLock lock(moving_);
    if (auto replaced = replace(); !replaced) return replaced;
  }
  on_move_();
  Notify();
  return Done{};
}

void TransitionScheduler::FireDue() {
  const MutexLock lock(moving_);
  videos_.FireDue();
}

void TransitionScheduler::Notify() {
  {
    const MutexLock lock(mutex_);
    ++changes_;
  }
  changed_.NotifyAll();
}

std::optional<VideoState> TransitionScheduler::WaitFor(const std::string& video_id,
                                                       VideoState state,
                                                       std::chrono::milliseconds timeout,
                                                       const UselessCheck& is_useless) {
  const auto deadline = steady_clock::now() + timeout;
  for (;;) {
    const auto seen = Changes();
    const auto now = videos_.State(video_id);
    if (!now) return std::nullopt;
    if (*now == state || steady_clock::now() >= deadline) return *now;
    if (!WaitForChange(seen, deadline, is_useless) || (is_useless && is_useless())) return *now;
  }
}

std::uint64_t TransitionScheduler::Changes() {
  const MutexLock lock(mutex_);
  return changes_;
}

bool TransitionScheduler::WaitForChange(std::uint64_t seen,
                                        std::optional<steady_clock::time_point> deadline,
                                        const UselessCheck& is_useless) {
  const MutexLock lock(mutex_);
  const auto woken = [&]() MSC_REQUIRES(mutex_) { return ended_ || changes_ != seen; };
  if (deadline) {
    WaitWhileUseful(changed_, mutex_, *deadline, is_useless, woken);
  } else {
    changed_.Wait(mutex_, woken);
  }
  return !ended_;
}

void TransitionScheduler::End() {
  {
    const MutexLock lock(mutex_);
    ended_ = true;
  }
  changed_.NotifyAll();
}

// Sleeps until the next transition that is caused by time, or until Notify is called.
void TransitionScheduler::Run() {
  std::uint64_t seen = 0;
  std::optional<steady_clock::time_point> next;
  do {
    seen = Changes();
    next = FireDueAndFindNext();
  } while (WaitForChange(seen, next));
}

std::optional<steady_clock::time_point> TransitionScheduler::FireDueAndFindNext() {
  try {
    FireDue();
    const auto next = videos_.NextChange();
    const auto left = next ? clock_.Until(*next) : std::nullopt;
    if (!left) return std::nullopt;
    return steady_clock::now() + *left;
  } catch (const std::exception& error) {
    log_(LogLevel::kError, std::string("the videos' states cannot be read: ") + error.what());
    return steady_clock::now() + kRetry;
  }
}

}  // namespace msc::control
