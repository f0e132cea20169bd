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

// Which of the two messages a fault damages.
enum class Direction {
  kRequest,
  kResponse,
};

// When it fires: before the work is done, which then is left undone, or after it.
enum class Phase {
  kBefore,
  kAfter,
};

// The service is in trouble: it answers so, in the subject's own form.
struct AnswerStatus {
  int status = 503;
  std::string error_code = {};  // Such as "ServerBusy"; empty: the usual one of that status.
  std::vector<std::pair<std::string, std::string>> headers = {};
};

// The connection is reset (RST).
struct ResetConnection {
  // After exactly so many bytes of the body in `direction`; a shorter body is left alone. Absent:
  // before any byte of the answer.
  std::optional<std::uint64_t> after_bytes = {};
  Direction direction = Direction::kRequest;
};

// The connection is closed without an answer.
struct EmptyResponse {};

// "200 OK", then bytes that are no chunk of a body, then the end.
struct MalformedResponseChunk {};

// Bytes that are no answer, then the end.
struct RandomDataThenClose {};

// The body ends early, and the connection with it.
struct TruncateBody {
  std::optional<std::uint64_t> after_bytes = {};  // Absent: half of it.
  Direction direction = Direction::kResponse;
};

// A byte of the body is another one.
struct CorruptBody {
  std::optional<std::uint64_t> at_byte = {};  // Counted from 0; absent: the middle one.
  Direction direction = Direction::kResponse;
};

// Everything is as it should be, but late. Transport time, as of all delays.
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

// The answer's body comes in pieces, spread over a time.
struct ChunkedDribble {
  int chunks = 1;
  std::chrono::milliseconds total{0};
};

// The body moves no faster than this; 1 KB is 1,024 bytes.
struct Bandwidth {
  double kilobytes_per_second = 1;
  Direction direction = Direction::kResponse;
};

using FaultAction =
    std::variant<AnswerStatus, ResetConnection, EmptyResponse, MalformedResponseChunk,
                 RandomDataThenClose, TruncateBody, CorruptBody, FixedDelay, LognormalDelay,
                 UniformDelay, ChunkedDribble, Bandwidth>;

// What a header, or another text, must be. All that is given must hold; with nothing given, it must
// be there.
struct TextPattern {
  std::optional<std::string> equal_to = {};
  std::optional<std::string> contains = {};
  std::optional<std::string> matches = {};  // A regular expression (RE2) for all of it.
  bool absent = false;
};

// Which requests are meant: those that have all that is given.
struct RequestPattern {
  std::optional<Operation> operation = {};  // Absent: any, and what is none.
  std::string video_id = {};                // Empty or "*": any.
  std::string method = {};                  // Empty: any.
  std::string url = {};                     // The target as received; empty: any.
  std::string url_path_pattern = {};        // A regular expression (RE2) for the whole path.
  std::vector<std::pair<std::string, TextPattern>> headers = {};  // By name, whatever its case.
  std::optional<int> status = {};                                 // Not for faults.
};

// A fault to inject. Where several fit a request, the oldest one fires.
struct Fault {
  // Which requests it fires on; more conditions stand in `match`.
  std::optional<Operation> operation = {};
  std::string video_id = {};
  RequestPattern match = {};

  int skip = 0;                   // So many fitting requests first go free.
  std::optional<int> times = {};  // How often it fires; absent: for ever.
  double probability = 1;         // From 0 to 1; repeats with the random seed.

  // How long it lives, in time of the emulator's clock; absent: until it is removed.
  std::optional<std::chrono::milliseconds> ttl = {};

  // What is done to an answer's body comes after the work in any case.
  Phase phase = Phase::kBefore;

  FaultAction action = {};
};

// What a fault has done so far.
struct FaultStatus {
  std::int64_t id = 0;
  int matched = 0;                    // Requests that fitted, those that were skipped too.
  int fired = 0;                      // Times it fired.
  std::optional<int> remaining = {};  // Times it will; absent: no end.
  bool completed = false;             // Nothing remains, or its time is over.
};

}  // namespace msc
