#pragma once

#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::storage {

// The service's error: BOM, XML, reason phrase, x-ms-error-code; HEAD has no body. `request_id`
// stands in body and header. The error's facts are members of the XML, or headers.
http::Response RenderError(const http::Request& request, const Error& error,
                           const std::string& request_id, Time now);

// The answer of a service in trouble; an empty `code` is the usual one of `status`.
http::Response RenderInjectedError(const http::Request& request, int status, std::string_view code,
                                   const std::string& request_id, Time now);

// Why authentication failed, in the service's words; empty: the error is another.
std::string AuthenticationErrorDetail(const Error& error);

}  // namespace msc::storage
