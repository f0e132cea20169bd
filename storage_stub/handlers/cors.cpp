#include "storage_stub/handlers/cors.h"

#include <algorithm>
#include <optional>

#include "emulator/base/text.h"
#include "emulator/http/cors.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kWildcard = "*";
constexpr std::size_t kUsualNames = 512;  // Bytes of the names of a response's headers.

bool Contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Header names; one that ends in a star allows all that begin with the part before it.
bool Allows(const std::vector<std::string>& list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
    if (!entry.ends_with(kWildcard)) return EqualsIgnoringCase(entry, name);
    entry.remove_suffix(kWildcard.size());
    return EqualsIgnoringCase(entry, name.substr(0, entry.size()));
  });
}

bool AllowsAll(const std::vector<std::string>& list, std::string_view names) {
  if (Trim(names).empty()) return true;
  const auto parts = Split(names, ',');
  return std::all_of(parts.begin(), parts.end(),
                     [&](std::string_view name) { return Allows(list, Trim(name)); });
}

// A whole origin, or one with a star that matches any part of a host.
bool IsOrigin(std::string_view pattern, std::string_view origin) {
  const auto star = pattern.find(kWildcard);
  if (star == std::string_view::npos) return pattern == origin;
  const auto before = pattern.substr(0, star), after = pattern.substr(star + kWildcard.size());
  return origin.size() >= before.size() + after.size() && origin.starts_with(before) &&
         origin.ends_with(after);
}

// The first rule for the origin and the method. Without an `origin`, only rules for all origins
// match.
const CorsRule* FindRule(const CorsRules& rules, std::optional<std::string_view> origin,
                         std::string_view method) {
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const CorsRule& candidate) {
    const bool fits_origin =
        Contains(candidate.origins, kWildcard) ||
        (origin && std::any_of(candidate.origins.begin(), candidate.origins.end(),
                               [&](const auto& pattern) { return IsOrigin(pattern, *origin); }));
    return fits_origin && Contains(candidate.methods, method);
  });
  return rule == rules.end() ? nullptr : &*rule;
}

Error CorsHeaderMissing(std::string_view name) {
  Error error = HeaderMissing(name);
  error.code = StorageError::kCorsHeaderMissing;
  return error;
}

// The names are listed, because browsers that send credentials do not treat a star as a wildcard.
http::Headers ExposeHeaders(const CorsRule& rule, const http::Headers& answer) {
  std::string exposed;
  exposed.reserve(kUsualNames);
  for (const auto& header : answer) {
    if (!Allows(rule.exposed_headers, header.name)) continue;
    if (!exposed.empty()) exposed += ',';
    exposed += header.name;
  }
  if (exposed.empty()) return {};
  return {{http::kExposeHeaders, std::move(exposed)}};
}

}  // namespace

Result<http::Response> Preflight(const CorsRules& rules, const http::Request& request) {
  const auto origin = request.header(http::kOrigin);
  if (!origin || origin->empty()) return CorsHeaderMissing(http::kOrigin);
  const auto method = request.header(http::kRequestMethod);
  if (!method) return CorsHeaderMissing(http::kRequestMethod);

  const auto headers = request.header(http::kRequestHeaders);
  const CorsRule* rule = FindRule(rules, *origin, *method);
  if (rule == nullptr || !AllowsAll(rule->allowed_headers, headers.value_or("")) ||
      !http::IsHeaderText(*origin) || !http::IsHeaderText(headers.value_or(""))) {
    return Error{StorageError::kCorsPreflightFailure,
                 "no rule allows this origin, method and headers"};
  }
  http::Response response;
  response.headers = {{http::kAllowOrigin, std::string(*origin)},
                      {http::kAllowMethods, std::string(*method)}};
  if (headers) response.headers.push_back({http::kAllowHeaders, std::string(*headers)});
  response.headers.push_back({http::kMaxAge, std::to_string(rule->max_age.count())});
  response.headers.push_back({http::kAllowCredentials, wire::kTrue});
  return response;
}

http::Headers CorsHeaders(const CorsRules& rules, const http::Request& request,
                          const http::Headers& answer) {
  if (rules.empty()) return {};
  const auto origin = request.header(http::kOrigin);
  if (origin && !http::IsHeaderText(*origin)) return {};
  // Cacheable responses get Vary even if the request has no Origin.
  const bool is_cached =
      request.method == http::Method::kGet || request.method == http::Method::kHead;
  if (!origin && !is_cached) return {};
  const CorsRule* rule = FindRule(rules, origin, http::Name(request.method));
  if (rule == nullptr && !is_cached) return {};
  if (rule == nullptr) return {{wire::kVary, http::kOrigin}};

  auto headers = ExposeHeaders(*rule, answer);
  if (Contains(rule->origins, kWildcard)) {
    headers.push_back({http::kAllowOrigin, std::string(kWildcard)});
    return headers;
  }
  headers.push_back({http::kAllowOrigin, std::string(*origin)});
  headers.push_back({http::kAllowCredentials, wire::kTrue});
  headers.push_back({wire::kVary, http::kOrigin});
  return headers;
}

}  // namespace msc::storage
