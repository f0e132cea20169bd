#include "storage_stub/access/shared_key.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <vector>

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kScheme = "SharedKey ";
constexpr std::chrono::minutes kMaxSkew(15);

constexpr std::array kSignedHeaders = {wire::kContentEncoding,
                                       wire::kContentLanguage,
                                       wire::kContentLength,
                                       wire::kContentMd5,
                                       wire::kContentType,
                                       wire::kDate,
                                       wire::kIfModifiedSince,
                                       wire::kIfMatch,
                                       wire::kIfNoneMatch,
                                       wire::kIfUnmodifiedSince,
                                       wire::kRange};

using SortedValues = std::map<std::string, std::vector<std::string>>;

// "name:value\n" for each name; several values with commas between them.
std::string Lines(const SortedValues& values) {
  std::string lines;
  for (const auto& [name, list] : values) lines += name + ':' + Join(list, ',') + '\n';
  return lines;
}

std::string SignedValue(const http::Request& request, std::string_view name) {
  std::string value(request.header(name).value_or(""));
  if (name == wire::kDate && request.header(wire::kServiceDate)) return {};
  const bool zero_is_empty = RequestedVersion(request) >= kServiceInResource;
  if (name == wire::kContentLength && value == "0" && zero_is_empty) return {};
  return value;
}

std::string ServiceHeaders(const http::Request& request) {
  SortedValues values;
  for (const auto& header : request.headers) {
    const std::string name = ToLower(header.name);
    if (name.starts_with(wire::kServicePrefix)) values[name].push_back(header.value);
  }
  return Lines(values);
}

std::string Parameters(const http::Request& request) {
  SortedValues values;
  for (const auto& [name, value] : request.parameters()) values[ToLower(name)].push_back(value);
  for (auto& [name, list] : values) std::sort(list.begin(), list.end());
  return Lines(values);
}

}  // namespace

std::optional<SharedKey> ParseSharedKey(std::string_view authorization) {
  if (!authorization.starts_with(kScheme)) return std::nullopt;
  const auto rest = Trim(authorization.substr(kScheme.size()));
  const auto colon = rest.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return SharedKey{std::string(rest.substr(0, colon)), std::string(rest.substr(colon + 1))};
}

std::string StringToSign(const http::Request& request, std::string_view resource_path) {
  std::string text = std::string(http::Name(request.method)) + '\n';
  for (const std::string_view name : kSignedHeaders) text += SignedValue(request, name) + '\n';
  text += ServiceHeaders(request);
  text += resource_path;
  const std::string parameters = Parameters(request);
  if (parameters.empty()) return text;
  return text + '\n' + parameters.substr(0, parameters.size() - 1);
}

Status CheckRequestDate(const http::Request& request, Time now) {
  const auto own = request.header(wire::kServiceDate);
  const auto text = own ? own : request.header(wire::kDate);
  const auto date = ParseHttpDate(text.value_or(""));
  if (!date) {
    return AuthenticationFailed("The Date header in the request is incorrect: '" +
                                std::string(text.value_or("")) + "'");
  }
  if (*date < now - kMaxSkew || *date > now + kMaxSkew) {
    return AuthenticationFailed(DateSkew{.text = std::string(*text), .date = *date, .now = now});
  }
  return Done{};
}

}  // namespace msc::storage
