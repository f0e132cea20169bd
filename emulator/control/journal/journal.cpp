#include "emulator/control/journal/journal.h"

#include <algorithm>
#include <utility>

#include "emulator/base/text.h"

namespace msc::control {
namespace {

std::size_t SizeOf(const Bodies& bodies) { return bodies.request.size() + bodies.response.size(); }

}  // namespace

Entry Journal::Add(RequestRecord record, Bodies bodies) {
  const auto shared = std::make_shared<RequestRecord>(std::move(record));
  Entry entry{.record = shared, .bodies = std::make_shared<const Bodies>(std::move(bodies))};
  Entry dropped;  // Freed after the lock is gone.
  {
    const MutexLock lock(mutex_);
    shared->id = ++last_id_;
    body_bytes_ += SizeOf(*entry.bodies);
    entries_.push_back(entry);
    DropBodiesLocked();
    if (entries_.size() > kRequests) {
      dropped = std::move(entries_.front());
      entries_.pop_front();
      if (dropped.bodies) body_bytes_ -= SizeOf(*dropped.bodies);
      if (first_body_ > 0) --first_body_;
    }
  }
  changed_.NotifyAll();
  return entry;
}

void Journal::DropBodiesLocked() {
  for (; body_bytes_ > kBodyBytes; ++first_body_) {
    auto& bodies = entries_[first_body_].bodies;
    body_bytes_ -= SizeOf(*bodies);
    bodies.reset();
  }
}

std::vector<Entry> Journal::All() const {
  const MutexLock lock(mutex_);
  return {entries_.begin(), entries_.end()};
}

std::vector<Entry> Journal::Find(const RequestMatcher& matcher) const {
  std::vector<Entry> found = All();
  std::erase_if(found, [&](const Entry& entry) { return !matcher.Fits(*entry.record); });
  return found;
}

std::vector<Entry> Journal::Unmatched() const {
  std::vector<Entry> found = All();
  std::erase_if(
      found, [](const Entry& entry) { return entry.record->is_routed || entry.record->operation; });
  return found;
}

std::optional<Entry> Journal::Get(std::uint64_t id) const {
  const MutexLock lock(mutex_);
  if (entries_.empty() || id < entries_.front().record->id || id > last_id_) return std::nullopt;
  return entries_[static_cast<std::size_t>(id - entries_.front().record->id)];
}

std::optional<Entry> Journal::FindByServiceId(std::string_view id) const {
  for (const auto& entry : All()) {
    const auto headers = entry.record->response_headers.Unpack();
    for (const char* const name : {"x-ms-request-id", "request-id"}) {
      const auto value = http::Find(headers, name);
      if (value && EqualsIgnoringCase(*value, id)) return entry;
    }
  }
  return std::nullopt;
}

bool Journal::WaitFor(const RequestMatcher& matcher, std::size_t count,
                      std::chrono::milliseconds timeout, const UselessCheck& is_useless) const {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  std::uint64_t seen = 0;  // Each entry is examined once.
  std::size_t fitting = 0;
  const auto enough = [&]() MSC_REQUIRES(mutex_) {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
      if (entry->record->id <= seen) break;
      if (matcher.Fits(*entry->record)) ++fitting;
    }
    seen = last_id_;
    return ended_ || fitting >= count;
  };
  return WaitWhileUseful(changed_, mutex_, deadline, is_useless, enough) && !ended_;
}

void Journal::Clear() {
  std::deque<Entry> cleared;
  const MutexLock lock(mutex_);
  cleared.swap(entries_);
  body_bytes_ = first_body_ = 0;
}

void Journal::End() {
  {
    const MutexLock lock(mutex_);
    ended_ = true;
  }
  changed_.NotifyAll();
}

}  // namespace msc::control
