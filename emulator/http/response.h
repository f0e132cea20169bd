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

// What a broken server or network makes of an answer; the connection ends with it.
struct WireFault {
  // Sent in place of the answer, head and all. Absent: the answer itself.
  std::optional<std::string> instead = {};

  // Bytes of the answer's body after which it breaks off. Absent: it is whole.
  std::optional<std::uint64_t> body_bytes = {};

  // Whether the connection is reset (RST), and not closed, once those bytes are out.
  bool reset = false;
};

// An answer. The server adds nothing to it but what the connection itself demands ("Connection:
// close" if it ends, "keep-alive" if it goes on with HTTP/1.0): Content-Length and Date are headers
// like any other, so that their place is the subject's choice.
struct Response {
  int status = 200;

  // Empty: the standard phrase of the status.
  std::string reason = {};

  Headers headers = {};

  std::string body = {};

  // Where not null, sent in place of `body`.
  std::unique_ptr<BodySource> source = {};

  // Whether the connection ends with it, as its headers already say.
  bool closes = false;

  // Absent: the client gets the answer as it is.
  std::optional<WireFault> wire_fault = {};

  // Called once the answer is sent, or could not be; null: nothing.
  std::function<void()> after = nullptr;

  // The error that it tells of; null: none. Kept in the journal, not sent.
  std::shared_ptr<const Error> error = {};

  // The video that the request made; empty: none. Kept in the journal, not sent.
  std::string video_id = {};

  // Bytes that the body has.
  std::uint64_t body_size() const { return source ? source->size() : body.size(); }
};

// "Not Found" for 404.
std::string_view StandardReason(int status);

}  // namespace msc::http
