#include "emulator/control/api/guard.h"

#include <algorithm>

#include "emulator/base/crypto.h"
#include "emulator/base/text.h"
#include "emulator/control/error/control_error.h"
#include "emulator/http/cors.h"
#include "emulator/http/local_host.h"

namespace msc::control {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kStatePath = "/__admin/state";
constexpr std::string_view kArchive = "application/x-tar";  // Of PUT state.

// A page can send a POST to another origin without a preflight, but not with one of these types. A
// DELETE always needs a preflight.
bool NeedsType(http::Method method) {
  return method == http::Method::kPost || method == http::Method::kPut;
}

bool IsSafeType(const http::Request& request) {
  const auto header = request.header("Content-Type").value_or("");
  const auto type = Trim(header.substr(0, header.find(';')));
  return EqualsIgnoringCase(type, kJson) ||
         (request.path() == kStatePath && EqualsIgnoringCase(type, kArchive));
}

// Browsers say where a request comes from, also if they send no Origin: for scripts, images and
// frames. A link to the control API may be on any page.
bool IsFromOtherSite(const http::Request& request) {
  const auto site = request.header("Sec-Fetch-Site");
  if (!site || *site == "same-origin" || *site == "none") return false;
  return request.header("Sec-Fetch-Dest") != "document" || request.method != http::Method::kGet;
}

}  // namespace

bool Guard::IsAllowedHost(const std::string& host) const {
  return http::IsLocalHost(host) ||
         std::any_of(options_.hosts.begin(), options_.hosts.end(),
                     [&](const std::string& name) { return EqualsIgnoringCase(name, host); });
}

Status Guard::Check(const http::Request& request) const {
  if (!IsAllowedHost(request.host())) {
    return Error{ControlError::kHostForbidden,
                 "the control API does not answer under the host name " + request.host()};
  }
  const auto origin = request.header(http::kOrigin);
  const bool is_foreign = origin && !EqualsIgnoringCase(*origin, request.base_url());
  if (is_foreign || IsFromOtherSite(request)) {
    return Error{ControlError::kOriginForbidden,
                 "a page of another origin may not use the control API"};
  }
  if (NeedsType(request.method) && !IsSafeType(request)) {
    return Error{ControlError::kMediaTypeUnsupported,
                 "writes to the control API need Content-Type: application/json"};
  }
  if (options_.token.empty()) return Done{};
  const std::string_view given = request.header("Authorization").value_or("");
  if (!EqualsIgnoringCase(given.substr(0, kBearer.size()), kBearer) ||
      !SameBytes(given.substr(kBearer.size()), options_.token)) {
    return Error{ControlError::kAdminTokenRefused,
                 "the control API needs Authorization: Bearer with the administration token"};
  }
  return Done{};
}

}  // namespace msc::control
