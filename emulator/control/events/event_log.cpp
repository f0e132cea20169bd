#include "emulator/control/events/event_log.h"

#include <algorithm>
#include <utility>

namespace msc::control {

void EventLog::Add(std::string_view kind, std::function<std::string()> data) {
  {
    const MutexLock lock(mutex_);
    events_.push_back({.id = ++last_id_, .kind = kind, .data = std::move(data)});
    if (events_.size() > kEvents) events_.pop_front();
  }
  changed_.NotifyAll();
}

std::uint64_t EventLog::last_id() const {
  const MutexLock lock(mutex_);
  return last_id_;
}

std::vector<Event> EventLog::WaitFor(std::uint64_t id, std::chrono::milliseconds timeout,
                                     const UselessCheck& is_useless) const {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  WaitWhileUseful(changed_, mutex_, deadline, is_useless,
                  [&]() MSC_REQUIRES(mutex_) { return ended_ || last_id_ > id; });
  if (ended_) return {};
  const auto first = std::find_if(events_.begin(), events_.end(),
                                  [&](const Event& event) { return event.id > id; });
  return {first, events_.end()};
}

bool EventLog::has_ended() const {
  const MutexLock lock(mutex_);
  return ended_;
}

void EventLog::End() {
  {
    const MutexLock lock(mutex_);
    ended_ = true;
  }
  changed_.NotifyAll();
}

}  // namespace msc::control
