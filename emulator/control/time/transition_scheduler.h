#pragma once

#include <msc/video.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/mutex.h"
#include "emulator/base/result.h"
#include "emulator/base/useful_wait.h"
#include "emulator/videos/video_service.h"

namespace msc::control {

// Moves the clock, and makes transitions of videos happen at their instant. Thread-safe.
class TransitionScheduler {
 public:
  // REQUIRES: the references outlive the object.
  TransitionScheduler(Clock& clock, videos::VideoService& videos, Log log);
  ~TransitionScheduler();
  TransitionScheduler(const TransitionScheduler&) = delete;
  TransitionScheduler& operator=(const TransitionScheduler&) = delete;

  // Starts the thread that makes transitions happen. `on_move` is called each time that a test has
  // moved the clock. REQUIRES: called once, before any other method but Notify.
  void Start(std::function<void()> on_move);

  // These return the transitions that the call caused, in order.
  using Fired = std::vector<Transition>;
  Fired Advance(std::chrono::milliseconds by);
  Fired AdvanceToNext();
  Fired Freeze(std::optional<Time> at);
  Fired Scale(double factor);
  Fired Reset();

  // Lets `replace` replace the records and move the clock, without any transition in between;
  // returns the result of `replace`.
  Status Replace(const std::function<Status()>& replace);

  // Makes all transitions happen that are due.
  void FireDue();

  // To be called at each transition, and at each other change that may move the next transition.
  // Takes no lock of other objects.
  void Notify();

  // Waits in transport time until the video is in `state`, at most until the timeout or until
  // `is_useless` says so. Returns its state at the end; nullopt if there is no such video.
  std::optional<VideoState> WaitFor(const std::string& video_id, VideoState state,
                                    std::chrono::milliseconds timeout,
                                    const UselessCheck& is_useless = nullptr);

  // Ends all waits.
  void End();

 private:
  Fired MoveClock(const std::function<void(std::optional<Time> next)>& move);
  void Run();

  // The instant, in transport time, of the next transition that is caused by time; nullopt: there
  // is none, or the clock is frozen.
  std::optional<std::chrono::steady_clock::time_point> FireDueAndFindNext();

  // How often Notify has been called.
  std::uint64_t Changes();

  // Waits until Notify was called more than `seen` times, until the deadline, if there is one, or
  // until `is_useless` says so. False after End was called.
  bool WaitForChange(std::uint64_t seen,
                     std::optional<std::chrono::steady_clock::time_point> deadline,
                     const UselessCheck& is_useless = nullptr);

  Clock& clock_;
  videos::VideoService& videos_;
  std::function<void()> on_move_;
  const Log log_;
  Mutex moving_;  // Held by the thread that moves the clock.

  Mutex mutex_;
  ConditionVariable changed_;
  std::uint64_t changes_ MSC_GUARDED_BY(mutex_) = 0;
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
  std::thread runner_;
};

}  // namespace msc::control
