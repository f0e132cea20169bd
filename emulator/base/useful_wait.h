#pragma once

#include <algorithm>
#include <chrono>
#include <functional>

#include "emulator/base/mutex.h"

namespace msc {

// Whether nobody needs the result of a wait any more; null: somebody always does.
using UselessCheck = std::function<bool()>;

// Waits until `predicate` returns true, or until the deadline; returns its result. Also ends, with
// false, when `is_useless` returns true, which is called ten times a second with the mutex held.
template <typename Predicate>
bool WaitWhileUseful(ConditionVariable& changed, Mutex& mutex,
                     std::chrono::steady_clock::time_point deadline, const UselessCheck& is_useless,
                     Predicate predicate) MSC_REQUIRES(mutex) {
  using std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kCheckInterval(100);
  if (!is_useless) return changed.WaitUntil(mutex, deadline, predicate);
  for (;;) {
    const auto next_check =
        std::min<steady_clock::time_point>(deadline, steady_clock::now() + kCheckInterval);
    if (changed.WaitUntil(mutex, next_check, predicate)) return true;
    if (steady_clock::now() >= deadline || is_useless()) return false;
  }
}

}  // namespace msc
