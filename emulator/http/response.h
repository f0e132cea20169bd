#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/http/body.h"
#include "emulator/http/headers.h"

namespace msc::http {

// An answer. The server adds nothing to it but what the connection itself demands ("Connection:
// close" where it must end): Content-Length and Date are headers like any other, so that their
// place is the subject's choice.
struct Response {
  int status = 200;

  // Empty: the standard phrase of the status.
  std::string reason = {};

  Headers headers = {};

  std::string body = {};

  // Where not null, sent in place of `body`.
  std::unique_ptr<BodySource> source = {};

  // Bytes that the body has.
  std::uint64_t body_size() const { return source ? source->size() : body.size(); }
};

// "Not Found" for 404.
std::string_view StandardReason(int status);

}  // namespace msc::http
