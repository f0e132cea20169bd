#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/base/mutex.h"
#include "emulator/base/useful_wait.h"
#include "emulator/control/journal/request_matcher.h"
#include "emulator/control/journal/request_record.h"

namespace msc::control {

// The last requests that were answered. Thread-safe.
class Journal {
 public:
  static constexpr std::size_t kRequests = 1000;
  static constexpr std::size_t kBodyBytes = 8 * 1024 * 1024;  // Of all bodies.
  static constexpr std::size_t kBodyPrefix = 64 * 1024;       // Of one body.
  // A body that fits into the prefix is hashed when the hash is asked for, a longer one while it
  // arrives, and one longer than this never, because hashing would slow the upload down.
  static constexpr std::uint64_t kHashedBody = 16 * 1024 * 1024;

  // Gives the record an id. Ids count from 1 and go on after Clear.
  Entry Add(RequestRecord record, Bodies bodies);

  // All entries, oldest first.
  std::vector<Entry> All() const;

  // Those that match, oldest first.
  std::vector<Entry> Find(const RequestMatcher& matcher) const;

  // Those that no route matched.
  std::vector<Entry> Unmatched() const;

  std::optional<Entry> Get(std::uint64_t id) const;

  // The entry whose response has that x-ms-request-id (or request-id, which DELETE of a video has).
  std::optional<Entry> FindByServiceId(std::string_view id) const;

  // Waits in transport time until `count` entries match; false at the timeout, after End was
  // called, or when `is_useless` says so.
  bool WaitFor(const RequestMatcher& matcher, std::size_t count, std::chrono::milliseconds timeout,
               const UselessCheck& is_useless = nullptr) const;

  void Clear();

  // Ends all waits.
  void End();

 private:
  void DropBodiesLocked() MSC_REQUIRES(mutex_);

  mutable Mutex mutex_;
  mutable ConditionVariable changed_;
  std::deque<Entry> entries_ MSC_GUARDED_BY(mutex_);
  // Of the entries that still have their bodies.
  std::size_t body_bytes_ MSC_GUARDED_BY(mutex_) = 0;
  // Entries before this one have no bodies any more.
  std::size_t first_body_ MSC_GUARDED_BY(mutex_) = 0;
  std::uint64_t last_id_ MSC_GUARDED_BY(mutex_) = 0;
  bool ended_ MSC_GUARDED_BY(mutex_) = false;
};

}  // namespace msc::control
