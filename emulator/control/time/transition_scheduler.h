#pragma once

#include <msc/video.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/base/result.h"
#include "emulator/videos/video_service.h"

namespace msc::control {

// Moves the clock, and makes what time brings to videos happen at its instant. Thread-safe.
class TransitionScheduler {
 public:
  // `on_move` is told that the clock was moved by hand. REQUIRES: the references outlive the
  // object.
  TransitionScheduler(Clock& clock, videos::VideoService& videos, std::function<void()> on_move,
                      Log log);
  ~TransitionScheduler();
  TransitionScheduler(const TransitionScheduler&) = delete;
  TransitionScheduler& operator=(const TransitionScheduler&) = delete;

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

  Clock& clock_;
  videos::VideoService& videos_;
  const std::function<void()> on_move_;
  const Log log_;
  std::mutex moving_;  // One hand on the clock at a time.

  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t changes_ = 0;
  bool ended_ = false;
  std::thread runner_;
};

}  // namespace msc::control
