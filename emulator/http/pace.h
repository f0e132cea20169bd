#pragma once

#include <chrono>
#include <cstdint>

#include "emulator/http/stream.h"

namespace msc::http {

// Waits for a slow client, but not for ever: no single wait may take longer than the stall, and
// once the waits together have, what has moved must have moved at the minimum pace. Transport time.
class Pace {
 public:
  // `bytes_per_second`: counts only the time spent waiting.
  Pace(std::chrono::milliseconds stall, std::uint64_t bytes_per_second)
      : stall_(stall), bytes_per_second_(bytes_per_second) {}

  // Tells that bytes have moved.
  void Add(std::uint64_t bytes) { moved_ += bytes; }

  // Whatever the pace, waits end at `deadline`.
  void EndAt(Deadline deadline) { deadline_ = deadline; }

  // Waits until `stream` is ready; false where the client is too slow.
  bool Wait(const Stream& stream, Stream::Wait wait);

 private:
  std::chrono::milliseconds stall_;
  std::uint64_t bytes_per_second_;
  std::uint64_t moved_ = 0;
  std::chrono::steady_clock::duration waited_{0};
  Deadline deadline_ = Deadline::max();
};

}  // namespace msc::http
