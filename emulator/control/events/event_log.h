#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/mutex.h"
#include "emulator/base/useful_wait.h"

namespace msc::control {

// Something that happened; `data` renders it as a JSON object when it is needed.
struct Event {
  std::uint64_t id = 0;
  std::string_view
      kind;  // "request", "transition", "fault", "clock", "reset", "diagnostic", "media".
  std::function<std::string()> data;
};

// The last events, for clients that watch them. Thread-safe.
class EventLog {
 public:
  static constexpr std::size_t kEvents = 2000;

  // Ids count from 1. `kind` is a constant.
  void Add(std::string_view kind, std::function<std::string()> data);

  std::uint64_t last_id() const;

  // The events after `id`, as soon as there are some; none at the timeout, in transport time, or
  // after End was called, or when `is_useless` says so.
  std::vector<Event> WaitFor(std::uint64_t id, std::chrono::milliseconds timeout,
                             const UselessCheck& is_useless = nullptr) const;

  bool has_ended() const;

  // Ends all waits.
  void End();

 private:
  mutable Mutex mutex_;
  mutable ConditionVariable changed_;
  std::deque<Event> events_ MSC_GUARDED_BY(mutex_);
  std::uint64_t last_id_ MSC_GUARDED_BY(mutex_) = 0;
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
};

}  // namespace msc::control
