#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/error.h"
#include "emulator/http/body.h"
#include "emulator/http/headers.h"

namespace msc::http {

// An error that an injected fault makes on the wire; the connection ends with it.
struct WireFault {
  // Sent instead of the whole response, including its head. Absent: the response itself is sent.
  std::optional<std::string> instead = {};

  // The body is cut after this many bytes. Absent: it is sent completely.
  std::optional<std::uint64_t> body_bytes = {};

  // Whether the connection is then reset (RST) instead of closed.
  bool reset = false;
};

// A response. The server adds only the Connection header that the connection needs ("close" if it
// ends, "keep-alive" if it stays open with HTTP/1.0). Content-Length and Date are ordinary headers,
// so that each subject chooses their place.
struct Response {
  int status = 200;

  // Empty: the standard phrase of the status.
  std::string reason = {};

  Headers headers = {};

  std::string body = {};

  // If not null, sent instead of `body`.
  std::unique_ptr<BodySource> source = {};

  // Whether the connection ends with it; its headers say so already.
  bool closes = false;

  // Absent: the response is sent unchanged.
  std::optional<WireFault> wire_fault = {};

  // Called after the response was sent, or could not be; null: nothing is called.
  std::function<void()> after = nullptr;

  // The error that it reports; null: none. Kept in the journal, not sent.
  std::shared_ptr<const Error> error = {};

  // The video that the request made; empty: none. Kept in the journal, not sent.
  std::string video_id = {};

  // The size of the body in bytes.
  std::uint64_t body_size() const { return source ? source->size() : body.size(); }
};

// "Not Found" for 404.
std::string_view StandardReason(int status);

}  // namespace msc::http
