#pragma once

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "storage_stub/model/cors_rule.h"

namespace msc::storage {

// Source: the service's reference "Cross-Origin Resource Sharing (CORS) support for Azure Storage".

// The answer to OPTIONS. kCorsHeaderMissing without Origin or Access-Control-Request-Method,
// kCorsPreflightFailure if the first rule for the origin and the method does not allow the headers,
// or there is no such rule.
Result<http::Response> Preflight(const CorsRules& rules, const http::Request& request);

// Headers to be added to `answer`, the headers of any other request's answer.
http::Headers CorsHeaders(const CorsRules& rules, const http::Request& request,
                          const http::Headers& answer);

}  // namespace msc::storage
