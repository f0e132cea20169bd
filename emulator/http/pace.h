#pragma once

#include <chrono>
#include <cstdint>

#include "emulator/http/stream.h"

namespace msc::http {

// Waits for a slow client, within limits: a single wait must not be longer than the stall time;
// once all waits together are longer than that, the bytes must have moved at the minimum pace.
// Transport time.
class Pace {
 public:
  // `bytes_per_second`: only the time spent waiting counts.
  Pace(std::chrono::milliseconds stall, std::uint64_t bytes_per_second)
      : stall_(stall), bytes_per_second_(bytes_per_second) {}

  // To be called when bytes were read or written.
  void Add(std::uint64_t bytes) { moved_ += bytes; }

  // Ends all waits at `deadline`, whatever the pace is.
  void EndAt(Deadline deadline) { deadline_ = deadline; }

  // Waits until `stream` is ready; false if the client is too slow.
  bool Wait(const Stream& stream, Stream::Wait wait);

 private:
  std::chrono::milliseconds stall_;
  std::uint64_t bytes_per_second_;
  std::uint64_t moved_ = 0;
  std::chrono::steady_clock::duration waited_{0};
  Deadline deadline_ = Deadline::max();
};

}  // namespace msc::http
