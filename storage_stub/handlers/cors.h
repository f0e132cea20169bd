#pragma once

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "storage_stub/model/cors_rule.h"

namespace msc::storage {

// Source: "Cross-Origin Resource Sharing (CORS) support for Azure Storage",
// https://learn.microsoft.com/en-us/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services

// The response to OPTIONS. kCorsHeaderMissing without Origin or Access-Control-Request-Method;
// kCorsPreflightFailure if no rule matches the origin and the method, or if the first one that does
// forbids the headers.
Result<http::Response> Preflight(const CorsRules& rules, const http::Request& request);

// The headers to add to the response to any other request; `answer`: the headers that it has.
http::Headers CorsHeaders(const CorsRules& rules, const http::Request& request,
                          const http::Headers& answer);

}  // namespace msc::storage
