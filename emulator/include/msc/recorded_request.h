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

// A request that the emulator received, and its response.
struct RecordedRequest {
  std::uint64_t id = 0;                  // Counts from 1.
  std::optional<Operation> operation{};  // Absent: no route matched.
  std::string video_id{};                // Empty: not about a video.

  std::string method{};
  std::string target{};  // As received: path and query, percent-encoded.
  std::vector<std::pair<std::string, std::string>> headers{};
  std::uint64_t body_size = 0;  // Bytes of the body that were read.
  std::string body{};           // Its first 64 KiB; empty if the journal dropped it.
  std::string body_sha256{};    // Lower-case hex; empty above 16 MiB or if it was not read whole.

  int status = 0;   // 0: no response was sent.
  int decided = 0;  // The status before any fault; 0: the request was not handled.
  std::vector<std::pair<std::string, std::string>> response_headers{};
  std::uint64_t response_size = 0;  // Bytes of the response's body.
  std::string response_body{};      // Its first 64 KiB; empty for blobs.

  Time at{};                                            // When it came, on the emulator's clock.
  std::chrono::steady_clock::time_point received_at{};  // The same on the machine's clock.
  std::optional<std::int64_t> fault_id{};               // The fault that fired.
};

}  // namespace msc
