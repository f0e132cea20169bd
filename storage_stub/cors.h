#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::storage {

// One rule about who may call from a web page. "*" in a list stands for everything.
struct CorsRule {
  std::vector<std::string> origins;
  std::vector<std::string> methods;
  std::vector<std::string> allowed_headers;
  std::vector<std::string> exposed_headers;
  std::chrono::seconds max_age;
};

// The cross-origin rules of the service. Immutable, thread-safe.
class Cors {
 public:
  // The rules that the best known upload page asked its readers to set.
  Cors();

  // The answer to OPTIONS. kMissingRequiredHeader without Origin or Access-Control-Request-Method,
  // kCorsPreflightFailure where no rule fits.
  Result<http::Response> Preflight(const http::Request& request) const;

  // Headers to be added to `answer`, the headers of any other request's answer.
  http::Headers Actual(const http::Request& request, const http::Headers& answer) const;

 private:
  // The first rule that fits.
  const CorsRule* Find(std::string_view origin, std::string_view method,
                       std::string_view headers) const;

  std::vector<CorsRule> rules_;
};

}  // namespace msc::storage
