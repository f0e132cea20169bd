#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::storage {

// One rule about who may call from a web page. "*" in a list stands for everything, in an origin or
// at the end of a header's name for anything.
struct CorsRule {
  std::vector<std::string> origins;
  std::vector<std::string> methods;
  std::vector<std::string> allowed_headers;
  std::vector<std::string> exposed_headers;
  std::chrono::seconds max_age;

  friend bool operator==(const CorsRule&, const CorsRule&) = default;
};

// The first rule that fits a request counts.
using CorsRules = std::vector<CorsRule>;

// The answer to OPTIONS. kMissingRequiredHeader without Origin or Access-Control-Request-Method,
// kCorsPreflightFailure where no rule fits.
Result<http::Response> Preflight(const CorsRules& rules, const http::Request& request);

// Headers to be added to `answer`, the headers of any other request's answer.
http::Headers CorsHeaders(const CorsRules& rules, const http::Request& request,
                          const http::Headers& answer);

}  // namespace msc::storage
