#pragma once

#include <string_view>

#include "emulator/http/request.h"
#include "emulator/http/response.h"

// The headers of CORS. Source: "Fetch Standard", section "HTTP CORS protocol",
// https://fetch.spec.whatwg.org/#http-cors-protocol
namespace msc::http {

inline constexpr const char* kOrigin = "Origin";
inline constexpr const char* kRequestMethod = "Access-Control-Request-Method";
inline constexpr const char* kRequestHeaders = "Access-Control-Request-Headers";
inline constexpr const char* kAllowOrigin = "Access-Control-Allow-Origin";
inline constexpr const char* kAllowMethods = "Access-Control-Allow-Methods";
inline constexpr const char* kAllowHeaders = "Access-Control-Allow-Headers";
inline constexpr const char* kAllowCredentials = "Access-Control-Allow-Credentials";
inline constexpr const char* kMaxAge = "Access-Control-Max-Age";  // Seconds.
inline constexpr const char* kExposeHeaders = "Access-Control-Expose-Headers";

// Whether the request is a preflight.
inline bool IsPreflight(const Request& request) {
  return request.method == Method::kOptions && request.header(kRequestMethod);
}

// The response to OPTIONS where pages of any origin may call: the allowed methods, and for a
// preflight the headers that allow the request.
Response OptionsForAnyOrigin(const Request& request, std::string_view methods);

}  // namespace msc::http
