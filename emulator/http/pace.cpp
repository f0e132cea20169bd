#include "emulator/http/pace.h"

#include <algorithm>

namespace msc::http {

using std::chrono::steady_clock;

bool Pace::Wait(const Stream& stream, Stream::Wait wait) {
  const auto start = steady_clock::now();
  const bool ready = stream.WaitUntil(wait, std::min(start + stall_, deadline_));
  waited_ += steady_clock::now() - start;
  if (!ready) return false;
  if (waited_ <= stall_) return true;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(waited_).count();
  return moved_ >= static_cast<std::uint64_t>(seconds) * bytes_per_second_;
}

}  // namespace msc::http
