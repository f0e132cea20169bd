#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace msc::http {

// What a connection may cost. All times are transport time.
struct ConnectionLimits {
  // From the first byte of a head to its last; past it 408.
  std::chrono::milliseconds head = std::chrono::seconds(10);

  // How long a connection may stand without a request; past it it is closed.
  std::chrono::milliseconds idle = std::chrono::seconds(120);

  // How long a body may stand still, and the time it has before the minimum pace counts; past it
  // 408.
  std::chrono::milliseconds body_stall = std::chrono::seconds(20);

  // How long a client may take no byte of an answer; past it the connection is cut.
  std::chrono::milliseconds write_stall = std::chrono::seconds(30);

  // Bytes a second that must move on average, counting only the time spent waiting for the client,
  // once it has kept us waiting for a stall's length.
  std::uint64_t min_pace = 1024;

  // What is read over of a body that no handler wanted, so that the client gets to see the answer.
  std::chrono::milliseconds drain_time = std::chrono::seconds(2);
  std::uint64_t drain_bytes = 64 * 1024 * 1024;

  // How often deadlines of waiting connections are looked at.
  std::chrono::milliseconds sweep = std::chrono::seconds(1);

  // Threads at most; each busy request holds one.
  std::size_t threads = 2048;
};

}  // namespace msc::http
