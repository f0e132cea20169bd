#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::videos {

// The origins whose pages may call the API, and the CORS headers for them. Immutable, thread-safe.
class CorsPolicy {
 public:
  // A list, separated by commas, of exact origins ("https://a.example"), "local" (localhost and its
  // subdomains, 127.0.0.1 and [::1], any scheme and port) and "*" (any origin, without
  // credentials).
  explicit CorsPolicy(std::string_view origins);

  static bool IsPreflight(const http::Request& request);

  // Whether the request has an origin that may call.
  bool Allows(const http::Request& request) const;

  // Adds the CORS headers; none if the request has no origin, or one that may not call.
  void AddHeaders(const http::Request& request, http::Response& response) const;

 private:
  enum class Grant { kNone, kWithoutCredentials, kFull };

  Grant GrantFor(std::string_view origin) const;

  std::vector<std::string> origins_;
  bool allows_local_ = false;
  bool allows_any_ = false;
};

}  // namespace msc::videos
