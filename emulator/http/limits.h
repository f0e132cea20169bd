#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace msc::http {

// Limits of a connection. All times are transport time.
struct ConnectionLimits {
  // Time from the first to the last byte of a head; after that, 408.
  std::chrono::milliseconds head = std::chrono::seconds(10);

  // How long a connection may be open without a request; after that, it is closed.
  std::chrono::milliseconds idle = std::chrono::seconds(120);

  // How long a body may pause, and the time before the minimum pace applies; after that, 408.
  std::chrono::milliseconds body_stall = std::chrono::seconds(20);

  // How long a client may accept no byte of a response; after that, the connection is cut.
  std::chrono::milliseconds write_stall = std::chrono::seconds(30);

  // Minimum average speed in bytes per second. Only the time spent waiting for the client counts,
  // and only after it has kept us waiting for as long as a stall.
  std::uint64_t min_pace = 1024;

  // How much of an unread body is skipped, so that the client receives the response.
  std::chrono::milliseconds drain_time = std::chrono::seconds(2);
  std::uint64_t drain_bytes = 64 * 1024 * 1024;

  // How often the deadlines of waiting connections are checked.
  std::chrono::milliseconds check_interval = std::chrono::seconds(1);

  // Maximum number of threads; each busy request uses one. The others wait for one.
  std::size_t threads = 2048;

  // How many of them are kept for short requests; at most half of the threads that there are.
  std::size_t reserved_threads = 16;

  // Bytes of all bodies together that are being received without a thread.
  std::uint64_t collected_bytes = 64 * 1024 * 1024;
};

}  // namespace msc::http
