#include "storage_stub/handlers/cors.h"

#include <algorithm>

#include "emulator/base/text.h"
#include "emulator/http/cors.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kWildcard = "*";

bool Contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Names of headers; one that ends in a star allows all that begin so.
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

// An origin as a whole, or one with a star that stands for any part of a host.
bool IsOrigin(std::string_view pattern, std::string_view origin) {
  const auto star = pattern.find(kWildcard);
  if (star == std::string_view::npos) return pattern == origin;
  const auto before = pattern.substr(0, star), after = pattern.substr(star + kWildcard.size());
  return origin.size() >= before.size() + after.size() && origin.starts_with(before) &&
         origin.ends_with(after);
}

const CorsRule* Find(const CorsRules& rules, std::string_view origin, std::string_view method,
                     std::string_view headers) {
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const CorsRule& candidate) {
    return std::any_of(candidate.origins.begin(), candidate.origins.end(),
                       [&](const auto& pattern) { return IsOrigin(pattern, origin); }) &&
           Contains(candidate.methods, method) && AllowsAll(candidate.allowed_headers, headers);
  });
  return rule == rules.end() ? nullptr : &*rule;
}

}  // namespace

Result<http::Response> Preflight(const CorsRules& rules, const http::Request& request) {
  const auto origin = request.header(http::kOrigin);
  if (!origin) return HeaderMissing(http::kOrigin);
  const auto method = request.header(http::kRequestMethod);
  if (!method) return HeaderMissing(http::kRequestMethod);

  const auto headers = request.header(http::kRequestHeaders);
  const CorsRule* rule = Find(rules, *origin, *method, headers.value_or(""));
  if (rule == nullptr || !http::IsHeaderText(*origin) ||
      !http::IsHeaderText(headers.value_or(""))) {
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
  const auto origin = request.header(http::kOrigin);
  if (!origin || !http::IsHeaderText(*origin)) return {};
  const CorsRule* rule = Find(rules, *origin, http::Name(request.method), {});
  if (rule == nullptr) return {};

  // Spelled out: a star means itself to browsers that send credentials.
  std::vector<std::string> exposed;
  for (const auto& header : answer) {
    if (Allows(rule->exposed_headers, header.name)) exposed.push_back(header.name);
  }
  http::Headers headers;
  if (!exposed.empty()) headers.push_back({http::kExposeHeaders, Join(exposed, ',')});
  const bool anyone = Contains(rule->origins, kWildcard);
  headers.push_back({http::kAllowOrigin, std::string(anyone ? kWildcard : *origin)});
  if (!anyone) {
    headers.push_back({http::kAllowCredentials, wire::kTrue});
    headers.push_back({wire::kVary, http::kOrigin});
  }
  return headers;
}

}  // namespace msc::storage
