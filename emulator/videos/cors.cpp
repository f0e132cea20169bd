#include "emulator/videos/cors.h"

#include <algorithm>

#include "emulator/base/text.h"
#include "emulator/http/cors.h"
#include "emulator/http/local_host.h"
#include "emulator/videos/printable.h"

namespace msc::videos {
namespace {

constexpr std::string_view kLocal = "local";
constexpr std::string_view kAny = "*";
constexpr std::size_t kLongestEcho = 4096;

struct ConstantHeader {
  std::string_view name;
  std::string_view value;

  http::Header Make() const { return {std::string(name), std::string(value)}; }
};

constexpr ConstantHeader kAllowMethods = {http::kAllowMethods, "GET, HEAD, POST, DELETE"};
constexpr ConstantHeader kMaxAge = {http::kMaxAge, "1800"};
constexpr ConstantHeader kAllowCredentials = {http::kAllowCredentials, "true"};
constexpr ConstantHeader kVary = {"Vary", http::kOrigin};
constexpr ConstantHeader kExposeHeaders = {
    http::kExposeHeaders,
    "Allow, Date, client-request-id, request-id, x-ms-request-elapsed-ms, x-ms-svc-ver, "
    "ocp-cloudvideo-instance-id, x-ms-proxy-outgoing-newurl"};

bool IsScheme(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlphanumeric(c) || c == '+' || c == '-' || c == '.';
  });
}

bool IsLocal(std::string_view origin) {
  const auto scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos || !IsScheme(origin.substr(0, scheme_end))) return false;
  const auto authority = origin.substr(scheme_end + 3);
  if (!http::IsAuthority(authority)) return false;
  return http::IsLocalHost(http::Request{.authority = std::string(authority)}.host());
}

}  // namespace

CorsPolicy::CorsPolicy(std::string_view origins) {
  for (const auto part : Split(origins, ',')) {
    const auto origin = Trim(part);
    if (origin == kLocal) {
      allows_local_ = true;
    } else if (origin == kAny) {
      allows_any_ = true;
    } else if (!origin.empty()) {
      origins_.emplace_back(origin);
    }
  }
}

bool CorsPolicy::IsPreflight(const http::Request& request) {
  return http::IsPreflight(request) && request.header(http::kOrigin);
}

CorsPolicy::Grant CorsPolicy::GrantFor(std::string_view origin) const {
  if (!IsEchoable(origin, kLongestEcho)) return Grant::kNone;
  if (allows_local_ && IsLocal(origin)) return Grant::kFull;
  if (std::find(origins_.begin(), origins_.end(), origin) != origins_.end()) return Grant::kFull;
  return allows_any_ ? Grant::kWithoutCredentials : Grant::kNone;
}

bool CorsPolicy::Allows(const http::Request& request) const {
  return GrantFor(request.header(http::kOrigin).value_or("")) != Grant::kNone;
}

void CorsPolicy::AddHeaders(const http::Request& request, http::Response& response) const {
  const auto origin = request.header(http::kOrigin).value_or("");
  const Grant grant = GrantFor(origin);
  if (grant == Grant::kNone) return;
  auto& headers = response.headers;
  headers.push_back({http::kAllowOrigin, std::string(origin)});
  if (grant == Grant::kFull) headers.push_back(kAllowCredentials.Make());
  headers.push_back(kVary.Make());
  headers.push_back(kExposeHeaders.Make());
  if (!IsPreflight(request)) return;
  headers.push_back(kAllowMethods.Make());
  const auto wanted = request.header(http::kRequestHeaders).value_or("");
  if (IsEchoable(wanted, kLongestEcho)) {
    headers.push_back({http::kAllowHeaders, std::string(wanted)});
  }
  headers.push_back(kMaxAge.Make());
}

}  // namespace msc::videos
