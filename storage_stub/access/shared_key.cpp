#include "storage_stub/access/shared_key.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "emulator/base/time_range.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSharedKeyForm = "SharedKey <account>:<signature>";
constexpr std::string_view kTokenForm =
    "SharedKey <account>:<signature>, unless the emulator is started with --oauth basic";
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

constexpr std::array kLiteSignedHeaders = {wire::kContentMd5, wire::kContentType, wire::kDate};

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

RequestField AuthorizationField(std::string_view value) {
  return {RequestField::Place::kHeader, wire::kAuthorization, std::string(value)};
}

// The token is a secret.
Error NoTokens() {
  return AuthenticationFailed(std::string(kTokensNotSupported),
                              AuthorizationField("Bearer <token>"), std::string(kTokenForm));
}

Error NoSharedKey(std::string_view authorization) {
  return {
      .code = StorageError::kInvalidAuthenticationInfo,
      .message = "the Authorization header is no Shared Key",
      .facts = CredentialMismatch{AuthorizationField(authorization), std::string(kSharedKeyForm)}};
}

// The lines of both schemes but those of the resource.
template <typename Names>
std::string HeadToSign(const http::Request& request, const Names& names) {
  std::string text = std::string(http::Name(request.method)) + '\n';
  for (const std::string_view name : names) text += SignedValue(request, name) + '\n';
  return text + ServiceHeaders(request);
}

}  // namespace

Result<SharedKey> ReadSharedKey(std::string_view authorization) {
  const auto blank = std::min(authorization.find(' '), authorization.size());
  const auto scheme = authorization.substr(0, blank);
  const auto credentials = Trim(authorization.substr(blank));
  if (EqualsIgnoringCase(scheme, wire::kBearerScheme) && !credentials.empty()) {
    return NoTokens();
  }
  const auto colon = std::min(credentials.find(':'), credentials.size());
  const auto signature = credentials.substr(std::min(colon + 1, credentials.size()));
  const bool is_lite = scheme == wire::kSharedKeyLiteScheme;
  if ((scheme != wire::kSharedKeyScheme && !is_lite) || colon == 0 || signature.empty()) {
    return NoSharedKey(authorization);
  }
  return SharedKey{std::string(credentials.substr(0, colon)), std::string(signature), is_lite};
}

std::string StringToSign(const http::Request& request, std::string_view resource_path) {
  std::string text = HeadToSign(request, kSignedHeaders).append(resource_path);
  const std::string parameters = Parameters(request);
  if (parameters.empty()) return text;
  return text + '\n' + parameters.substr(0, parameters.size() - 1);
}

std::string LiteStringToSign(const http::Request& request, std::string_view resource_path) {
  std::string text = HeadToSign(request, kLiteSignedHeaders).append(resource_path);
  const auto comp = request.parameter(wire::kComp);
  return comp ? text.append("?comp=").append(*comp) : text;
}

Status CheckRequestDate(const http::Request& request, Time now) {
  const auto own = request.header(wire::kServiceDate);
  const auto text = own ? own : request.header(wire::kDate);
  const auto date = ParseHttpDate(text.value_or(""));
  if (!date) {
    return AuthenticationFailed("The Date header in the request is incorrect: '" +
                                std::string(text.value_or("")) + "'");
  }
  if (*date < Shifted(now, -kMaxSkew) || *date > Shifted(now, kMaxSkew)) {
    return AuthenticationFailed(DateSkew{.text = std::string(*text), .date = *date, .now = now});
  }
  return Done{};
}

}  // namespace msc::storage
