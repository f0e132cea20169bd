#pragma once

#include <msc/operation.h>
#include <msc/video.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace msc {

// A request as it is logged. The texts live only as long as the call that passes it; those that
// come from the client may contain any bytes.
struct LoggedRequest {
  // "info"; "warning" if the request was rejected, or if a page cannot read the response; "error"
  // if the emulator failed.
  std::string_view level = "info";

  // In the journal; 0 if it is not there, as requests to /__admin are not.
  std::uint64_t id = 0;

  Time at{};                                // When it came, on the emulator's clock.
  std::optional<Operation> operation = {};  // Absent: no route matched.
  std::string_view method = {};
  std::string_view target = {};          // As received.
  int status = 0;                        // 0: no response was sent.
  std::uint64_t request_bytes = 0;       // Of its body, as far as it was read.
  std::uint64_t response_bytes = 0;      // Of the response's body.
  std::chrono::nanoseconds duration{0};  // Of the machine, until the response was ready.
  std::string_view video_id = {};        // Empty: not about a video.

  // Why it was rejected or disturbed, in words; empty: it was not.
  std::string_view because = {};
  std::string_view hint = {};         // What to do about that; empty: nothing is known.
  std::string_view explain_url = {};  // Where that is told in detail; empty: nowhere.

  // Only if everything is logged ("debug").
  std::string_view route = {};           // "/api/Videos/{id}"; empty: none matched.
  std::string_view string_to_sign = {};  // Empty: no signature was checked.
  std::optional<std::chrono::nanoseconds> sql_time = {};
};

}  // namespace msc
