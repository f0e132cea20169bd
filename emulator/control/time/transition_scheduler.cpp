#include "emulator/control/time/transition_scheduler.h"

#include <exception>
#include <utility>

namespace msc::control {
namespace {

using std::chrono::steady_clock;

// Some way to try again where a database could not be read.
constexpr std::chrono::seconds kRetry(1);

}  // namespace

TransitionScheduler::TransitionScheduler(Clock& clock, videos::VideoService& videos,
                                         std::function<void()> on_move, Log log)
    : clock_(clock),
      videos_(videos),
      on_move_(std::move(on_move)),
      log_(std::move(log)),
      runner_([this] { Run(); }) {}

TransitionScheduler::~TransitionScheduler() {
  End();
  runner_.join();
}

TransitionScheduler::Fired TransitionScheduler::MoveClock(
    const std::function<void(std::optional<Time> next)>& move) {
  Fired fired;
  {
    const std::lock_guard lock(moving_);
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
    if (next && *next > now) clock_.Advance(*next - now);
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
    const std::lock_guard lock(moving_);
    if (auto replaced = replace(); !replaced) return replaced;
  }
  on_move_();
  Notify();
  return Done{};
}

void TransitionScheduler::FireDue() {
  const std::lock_guard lock(moving_);
  videos_.FireDue();
}

void TransitionScheduler::Notify() {
  {
    const std::lock_guard lock(mutex_);
    ++changes_;
  }
  changed_.notify_all();
}

std::optional<VideoState> TransitionScheduler::WaitFor(const std::string& video_id,
                                                       VideoState state,
                                                       std::chrono::milliseconds timeout) {
  const auto deadline = steady_clock::now() + timeout;
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto seen = changes_;
    lock.unlock();
    const auto now = videos_.State(video_id);
    lock.lock();
    if (!now) return std::nullopt;
    if (*now == state || ended_ || steady_clock::now() >= deadline) return *now;
    changed_.wait_until(lock, deadline, [&] { return ended_ || changes_ != seen; });
  }
}

void TransitionScheduler::End() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
}

// Sleeps until the next change that time brings, or until something changes that.
void TransitionScheduler::Run() {
  std::unique_lock lock(mutex_);
  while (!ended_) {
    const auto seen = changes_;
    lock.unlock();
    std::optional<std::chrono::nanoseconds> left;
    try {
      FireDue();
      if (const auto next = videos_.NextChange()) left = clock_.Until(*next);
    } catch (const std::exception& error) {
      log_(LogLevel::kError, std::string("the videos' states cannot be read: ") + error.what());
      left = kRetry;
    }
    lock.lock();
    const auto woken = [&] { return ended_ || changes_ != seen; };
    if (left) {
      changed_.wait_for(lock, *left, woken);
    } else {
      changed_.wait(lock, woken);
    }
  }
}

}  // namespace msc::control
