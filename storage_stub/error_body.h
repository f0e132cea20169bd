#pragma once

#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::storage {

// How the service says a refusal.
struct WireError {
  int status;
  std::string_view code;
  std::string_view message;
};

WireError ToWire(ErrorCode code);

// The service's error: BOM, XML, reason phrase, x-ms-error-code; HEAD has no body. `request_id`
// stands in body and header.
http::Response RenderError(const http::Request& request, const Error& error,
                           const std::string& request_id, Time now);

// `text` between tags: escaped, and with U+FFFD for what XML cannot carry.
std::string XmlText(std::string_view text);

}  // namespace msc::storage
