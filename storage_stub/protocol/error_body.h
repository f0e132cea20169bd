#pragma once

#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::storage {

// The service's response to an error: BOM, XML, reason phrase, x-ms-error-code; without a body for
// HEAD. `request_id` is in the body and in a header. The error's facts become members of the XML or
// headers.
http::Response RenderError(const http::Request& request, const Error& error,
                           const std::string& request_id, Time now);

// The response to an injected error; if `code` is empty, the usual code of `status` is used.
http::Response RenderInjectedError(const http::Request& request, int status, std::string_view code,
                                   const std::string& request_id, Time now);

// Why authentication failed, in the service's text; empty for other errors.
std::string AuthenticationErrorDetail(const Error& error);

}  // namespace msc::storage
