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

// A request and what became of it.
struct RequestRecord {
  std::uint64_t id = 0;
  bool is_routed = false;  // Whether a route matched.
  std::optional<Operation> operation = {};
  std::string video_id = {};  // Empty: about none.

  http::Method method = http::Method::kGet;
  std::string target = {};  // As received.
  std::string_view path() const { return http::PathOf(target); }

  http::Headers headers = {};
  std::uint64_t body_size = 0;  // Bytes of it that were read.
  bool is_body_whole = true;    // Whether those are all.
  Bytes body_sha256 = {};       // Raw, of a body that is not kept whole; empty: not known.

  int status = 0;            // 0: no answer was sent.
  bool is_answered = false;  // Whether the answer was sent whole.
  int decided = 0;  // The status that the service decided on, sent or not; 0: it was not asked.
  PackedHeaders response_headers = {};
  std::uint64_t response_size = 0;

  Time at{};
  std::chrono::steady_clock::time_point received_at{};
  std::optional<std::int64_t> fault_id = {};
  std::shared_ptr<const Error> error = {};
  std::optional<VideoState> video_state = {};  // As it was then, of a request that was refused.
  std::string remark = {};                     // Request::remark.
};

// The first bytes of its bodies.
struct Bodies {
  std::string request = {};
  std::string response = {};
};

// What the journal keeps; `bodies` is null where they were too old.
struct Entry {
  std::shared_ptr<const RequestRecord> record;
  std::shared_ptr<const Bodies> bodies;
};

}  // namespace msc::control
