#include "storage_stub/cors.h"

#include <algorithm>
#include <array>

#include "emulator/base/text.h"
#include "storage_stub/resource_names.h"
#include "storage_stub/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kAny = "*";

bool Contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Names of headers; one that ends in a star allows all that begin so.
bool Allows(const std::vector<std::string>& list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
    if (!entry.ends_with(kAny)) return EqualsIgnoringCase(entry, name);
    entry.remove_suffix(kAny.size());
    return EqualsIgnoringCase(entry, name.substr(0, entry.size()));
  });
}

bool AllowsAll(const std::vector<std::string>& list, std::string_view names) {
  if (Trim(names).empty()) return true;
  const auto parts = Split(names, ',');
  return std::all_of(parts.begin(), parts.end(),
                     [&](std::string_view name) { return Allows(list, Trim(name)); });
}

Error Missing(const char* header) {
  return {ErrorCode::kMissingRequiredHeader,
          std::string("a preflight needs the header ") + header,
          {},
          {{wire::kHeaderName, header}}};
}

}  // namespace

Cors::Cors()
    : rules_{{.origins = {"*"},
              .methods = {"PUT", "GET", "HEAD", "POST"},
              .allowed_headers = {"*"},
              .exposed_headers = {"*"},
              .max_age = std::chrono::minutes(30)}} {}

const CorsRule* Cors::Find(std::string_view origin, std::string_view method,
                           std::string_view headers) const {
  const auto rule = std::find_if(rules_.begin(), rules_.end(), [&](const CorsRule& candidate) {
    return (Contains(candidate.origins, kAny) || Contains(candidate.origins, origin)) &&
           Contains(candidate.methods, method) && AllowsAll(candidate.allowed_headers, headers);
  });
  return rule == rules_.end() ? nullptr : &*rule;
}

Result<http::Response> Cors::Preflight(const http::Request& request) const {
  const auto origin = request.header(wire::kOrigin);
  if (!origin) return Missing(wire::kOrigin);
  const auto method = request.header(wire::kRequestMethod);
  if (!method) return Missing(wire::kRequestMethod);

  const auto headers = request.header(wire::kRequestHeaders);
  const CorsRule* rule = Find(*origin, *method, headers.value_or(""));
  if (rule == nullptr || !IsHeaderText(*origin) || !IsHeaderText(headers.value_or(""))) {
    return Error{ErrorCode::kCorsPreflightFailure,
                 "no rule allows this origin, method and headers"};
  }
  http::Response response;
  response.headers = {{wire::kAllowOrigin, std::string(*origin)},
                      {wire::kAllowMethods, std::string(*method)}};
  if (headers) response.headers.push_back({wire::kAllowHeaders, std::string(*headers)});
  response.headers.push_back({wire::kMaxAge, std::to_string(rule->max_age.count())});
  response.headers.push_back({wire::kAllowCredentials, wire::kTrue});
  return response;
}

http::Headers Cors::Actual(const http::Request& request, const http::Headers& answer) const {
  const auto origin = request.header(wire::kOrigin);
  if (!origin || !IsHeaderText(*origin)) return {};
  const CorsRule* rule = Find(*origin, http::Name(request.method), {});
  if (rule == nullptr) return {};

  // Spelled out: a star means itself to browsers that send credentials.
  std::vector<std::string> exposed;
  for (const auto& header : answer) {
    if (Allows(rule->exposed_headers, header.name)) exposed.push_back(header.name);
  }
  http::Headers headers;
  if (!exposed.empty()) headers.push_back({wire::kExposeHeaders, Join(exposed, ',')});
  const bool anyone = Contains(rule->origins, kAny);
  headers.push_back({wire::kAllowOrigin, std::string(anyone ? kAny : *origin)});
  if (!anyone) headers.push_back({wire::kAllowCredentials, wire::kTrue});
  return headers;
}

}  // namespace msc::storage
