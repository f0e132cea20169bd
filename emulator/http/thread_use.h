#pragma once

#include <functional>
#include <string_view>

#include "emulator/http/method.h"

namespace msc::http {

// How long a request may use a thread. A few threads are kept for short requests, so that these are
// served however many clients are slow.
enum class ThreadUse {
  kQueued,  // As long as its client takes. While no thread is free for it, it waits without one.
  kShort,  // Only as long as its handler computes. Its body is collected, and its response is sent,
           // without a thread that waits for the client.
  kLong,   // As kQueued; while no thread is free for it, it is served at once by one of those that
           // are kept, with Request::must_not_wait.
};

// What is known from the request line alone.
using ThreadUseOf = std::function<ThreadUse(Method method, std::string_view target)>;

}  // namespace msc::http
