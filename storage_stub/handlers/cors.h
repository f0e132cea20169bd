#pragma once

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "storage_stub/model/cors_rule.h"

namespace msc::storage {

// The answer to OPTIONS. kMissingRequiredHeader without Origin or Access-Control-Request-Method,
// kCorsPreflightFailure where no rule fits.
Result<http::Response> Preflight(const CorsRules& rules, const http::Request& request);

// Headers to be added to `answer`, the headers of any other request's answer.
http::Headers CorsHeaders(const CorsRules& rules, const http::Request& request,
                          const http::Headers& answer);

}  // namespace msc::storage
