#pragma once

#include <msc/operation.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace msc {

// Which of the two messages a fault changes.
enum class Direction {
  kRequest,
  kResponse,
};

// When a fault fires: before the request is handled, which then does not happen, or after it.
enum class Phase {
  kBefore,
  kAfter,
};

// The service answers with an error, in the form of the subject that was called.
struct AnswerStatus {
  int status = 503;
  std::string error_code = {};  // Such as "ServerBusy"; empty: the usual code of that status.
  std::vector<std::pair<std::string, std::string>> headers = {};
};

// The connection is reset (RST).
struct ResetConnection {
  // After exactly so many bytes of the body in `direction`; if the body is shorter, nothing
  // happens. Absent: before the first byte of the response.
  std::optional<std::uint64_t> after_bytes = {};
  Direction direction = Direction::kRequest;
};

// The connection is closed without a response.
struct EmptyResponse {};

// "200 OK", then bytes that are not a valid chunk, then the connection is closed.
struct MalformedResponseChunk {};

// Bytes that are not a valid response, then the connection is closed.
struct RandomDataThenClose {};

// The body ends early, and the connection is closed.
struct TruncateBody {
  std::optional<std::uint64_t> after_bytes = {};  // Absent: half of the body.
  Direction direction = Direction::kResponse;
};

// One byte of the body is changed.
struct CorruptBody {
  std::optional<std::uint64_t> at_byte = {};  // Counted from 0; absent: the middle one.
  Direction direction = Direction::kResponse;
};

// The response is correct, but late. Transport time, as for all delays.
struct FixedDelay {
  std::chrono::milliseconds delay{0};
};

struct LognormalDelay {
  double median = 0;  // Milliseconds.
  double sigma = 0;
};

struct UniformDelay {
  std::chrono::milliseconds lower{0};
  std::chrono::milliseconds upper{0};
};

// The response's body is sent in pieces, spread over a time.
struct ChunkedDribble {
  int chunks = 1;
  std::chrono::milliseconds total{0};
};

// The body is sent or read no faster than this; 1 KB is 1,024 bytes.
struct Bandwidth {
  double kilobytes_per_second = 1;
  Direction direction = Direction::kResponse;
};

// GET of a key is answered with 16 other bytes. The four that follow need their operation, and fire
// on a request that would succeed otherwise.
struct WrongKey {};

// GET of a key is answered with its first 15 bytes.
struct ShortKey {};

// GET of a key is answered as if the token had expired.
struct ExpiredToken {};

// A manifest names another initialization vector than the one that fragments are encrypted with.
struct WrongIv {};

using FaultAction =
    std::variant<AnswerStatus, ResetConnection, EmptyResponse, MalformedResponseChunk,
                 RandomDataThenClose, TruncateBody, CorruptBody, FixedDelay, LognormalDelay,
                 UniformDelay, ChunkedDribble, Bandwidth, WrongKey, ShortKey, ExpiredToken,
                 WrongIv>;

// Conditions for a header or another text. All that are set must hold; if none is set, the text
// must exist.
struct TextPattern {
  std::optional<std::string> equal_to = {};
  std::optional<std::string> contains = {};
  std::optional<std::string> matches = {};  // A regular expression (RE2) for the whole text.
  bool absent = false;
};

// Conditions for a request. All that are set must hold.
struct RequestPattern {
  std::optional<Operation> operation = {};  // Absent: any, or none.
  std::string video_id = {};                // Empty or "*": any.
  std::string method = {};                  // Empty: any.
  std::string url = {};                     // The target as received; empty: any.
  std::string url_path_pattern = {};        // A regular expression (RE2) for the whole path.
  std::vector<std::pair<std::string, TextPattern>> headers = {};  // Names in any case.
  std::optional<int> status = {};                                 // Not for faults.
};

// A fault to inject. If several match a request, the oldest one fires.
struct Fault {
  // Which requests it fires on; `match` can hold more conditions.
  std::optional<Operation> operation = {};
  std::string video_id = {};
  RequestPattern match = {};

  int skip = 0;                   // How many matching requests it skips first.
  std::optional<int> times = {};  // How often it fires; absent: no limit.
  double probability = 1;         // From 0 to 1; the same draws for the same random seed.

  // How long the fault exists, in time of the emulator's clock; absent: until it is removed.
  std::optional<std::chrono::milliseconds> ttl = {};

  // Has no effect on actions that change the response's body: they always come after the work.
  Phase phase = Phase::kBefore;

  FaultAction action = {};
};

// What a fault has done so far.
struct FaultStatus {
  std::int64_t id = 0;
  int matched = 0;                    // Requests that matched, including skipped ones.
  int fired = 0;                      // How often it fired.
  std::optional<int> remaining = {};  // How often it will fire; absent: no limit.
  bool completed = false;             // It has fired `times` times, or its `ttl` is over.
};

}  // namespace msc
