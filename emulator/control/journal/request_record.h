#pragma once

#include <msc/operation.h>
#include <msc/video.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "emulator/base/error.h"
#include "emulator/control/journal/packed_headers.h"
#include "emulator/http/headers.h"
#include "emulator/http/method.h"
#include "emulator/http/request.h"

namespace msc::control {

// A request and its response.
struct RequestRecord {
  std::uint64_t id = 0;
  bool is_routed = false;  // Whether a route matched.
  std::optional<Operation> operation = {};
  std::string video_id = {};  // Empty: not about a video.

  http::Method method = http::Method::kGet;
  std::string other_method = {};  // Of a request that cannot be parsed, instead of `method`.
  std::string_view method_name() const {
    return other_method.empty() ? http::Name(method) : std::string_view(other_method);
  }

  std::string target = {};  // As received.
  std::string_view path() const { return http::PathOf(target); }

  http::Headers headers = {};
  std::uint64_t body_size = 0;  // Bytes that were read.
  bool is_body_whole = true;    // Whether that is the whole body.
  Bytes body_sha256 = {};       // Raw, of a body that is not kept completely; empty: not known.

  int status = 0;            // 0: no response was sent.
  bool is_answered = false;  // Whether the whole response was sent.
  int decided = 0;           // The status before any fault; 0: the request was not handled.
  PackedHeaders response_headers = {};
  std::uint64_t response_size = 0;

  Time at{};
  std::chrono::steady_clock::time_point received_at{};
  std::optional<std::int64_t> fault_id = {};
  std::shared_ptr<const Error> error = {};
  std::optional<VideoState> video_state = {};  // At that time; only of a request that failed.
  std::string remark = {};                     // Of RequestNotes; as the next one.
  std::string advice = {};
};

// The first bytes of a request's and a response's body.
struct Bodies {
  std::string request = {};
  std::string response = {};
};

// An entry of the journal; `bodies` is null if they were dropped.
struct Entry {
  std::shared_ptr<const RequestRecord> record;
  std::shared_ptr<const Bodies> bodies;
};

}  // namespace msc::control
