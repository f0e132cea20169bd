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
#include "emulator/videos/video_service.h"

namespace msc::control {

// Moves the clock, and makes what time brings to videos happen at its instant. Thread-safe.
class TransitionScheduler {
 public:
  // REQUIRES: the references outlive the object.
  TransitionScheduler(Clock& clock, videos::VideoService& videos, Log log);
  ~TransitionScheduler();
  TransitionScheduler(const TransitionScheduler&) = delete;
  TransitionScheduler& operator=(const TransitionScheduler&) = delete;

  // Starts the thread that makes things happen at their instant. `on_move` is told that the clock
  // was moved by hand. REQUIRES: called once, before any other method but Notify.
  void Start(std::function<void()> on_move);

  // All return what happened by that call, in order.
  using Fired = std::vector<Transition>;
  Fired Advance(std::chrono::milliseconds by);
  Fired AdvanceToNext();
  Fired Freeze(std::optional<Time> at);
  Fired Scale(double factor);
  Fired Reset();

  // Lets `replace` put other records in place and move the clock, while time brings nothing to any
  // video; returns what it does.
  Status Replace(const std::function<Status()>& replace);

  // Makes happen what is due.
  void FireDue();

  // To be told of each transition, and of whatever else may change what time brings. Takes no lock
  // of others.
  void Notify();

  // Waits in transport time until the video is in `state`. The state it is in at the end; nullopt
  // where there is no such video.
  std::optional<VideoState> WaitFor(const std::string& video_id, VideoState state,
                                    std::chrono::milliseconds timeout);

  // Ends all waits.
  void End();

 private:
  Fired MoveClock(const std::function<void(std::optional<Time> next)>& move);
  void Run();

  // The instant, in transport time, of the next change that time brings; nullopt: none, or the
  // clock stands.
  std::optional<std::chrono::steady_clock::time_point> FireDueAndFindNext();

  // How often Notify was called.
  std::uint64_t Changes();

  // Waits until Notify was called more often than `seen` says, or the deadline, where there is one.
  // False once End was called.
  bool WaitForChange(std::uint64_t seen,
                     std::optional<std::chrono::steady_clock::time_point> deadline);

  Clock& clock_;
  videos::VideoService& videos_;
  std::function<void()> on_move_;
  const Log log_;
  Mutex moving_;  // One hand on the clock at a time.

  Mutex mutex_;
  ConditionVariable changed_;
  std::uint64_t changes_ MSC_GUARDED_BY(mutex_) = 0;
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
  std::thread runner_;
};

}  // namespace msc::control
