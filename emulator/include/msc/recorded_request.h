#pragma once

#include <msc/operation.h>
#include <msc/video.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace msc {

// A request that the emulator got, and what became of it.
struct RecordedRequest {
  std::uint64_t id = 0;                  // Counts from 1.
  std::optional<Operation> operation{};  // Absent: no route matched.
  std::string video_id{};                // Empty: it was about none.

  std::string method{};
  std::string target{};  // As received: path and query, percent-encoded.
  std::vector<std::pair<std::string, std::string>> headers{};
  std::uint64_t body_size = 0;  // Bytes of it that were read.
  std::string body{};           // The first 64 KiB of it, unless that was too long ago.
  std::string
      body_sha256{};  // Lower-case hex; empty above 16 MiB, and where it was not read whole.

  int status = 0;   // 0: no answer was sent.
  int decided = 0;  // What the service had decided on, sent or not; 0: it was not asked.
  std::vector<std::pair<std::string, std::string>> response_headers{};
  std::uint64_t response_size = 0;  // Bytes of the answer's body.
  std::string response_body{};      // The first 64 KiB of it; empty for blobs.

  Time at{};                                            // When it came, by the emulator's clock.
  std::chrono::steady_clock::time_point received_at{};  // The same by the machine's.
  std::optional<std::int64_t> fault_id{};               // The fault that fired.
};

}  // namespace msc
