#include "storage_stub/handlers/copy_source.h"

#include <optional>
#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/http/local_host.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/tier_headers.h"
#include "storage_stub/handlers/upload.h"
#include "storage_stub/model/read_moment.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/host_style.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSchemeEnd = "://";

// A request for `url` as the client of `request` would send it; nullopt for what is no URL.
std::optional<http::Request> RequestFor(std::string_view url, const http::Request& request) {
  const auto scheme = url.find(kSchemeEnd);
  if (scheme == std::string_view::npos) return std::nullopt;
  const auto host = scheme + kSchemeEnd.size();
  const auto path = url.find('/', host);
  if (path == std::string_view::npos) return std::nullopt;
  http::Request source{.target = std::string(url.substr(path)),
                       .scheme = ToLower(url.substr(0, scheme)),
                       .authority = std::string(url.substr(host, path - host)),
                       .client_address = request.client_address};
  if (!http::IsAuthority(source.authority)) return std::nullopt;
  if (const auto token = request.header(wire::kCopySourceAuthorization)) {
    source.headers = {{wire::kAuthorization, std::string(*token)},
                      {wire::kVersion, RequestedVersion(request)}};
  }
  return source;
}

// Whether a request for a copy's source has credentials of its own.
bool HasCredentials(const http::Request& source) {
  return source.parameter(wire::kSignature) || source.header(wire::kAuthorization);
}

// Whether both reach this endpoint: by the same authority, or by names of this machine and the same
// port.
bool IsSameEndpoint(const http::Request& source, const http::Request& request) {
  if (EqualsIgnoringCase(source.authority, request.authority)) return true;
  return source.port() == request.port() && http::IsLocalHost(source.host()) &&
         http::IsLocalHost(request.host());
}

Error CannotVerify(std::string_view url) {
  return {StorageError::kCannotVerifyCopySource,
          "the source is no blob of this endpoint that the request may read: " + std::string(url)};
}

// The source's own status with the code of a copy.
Error CannotRead(const Error& refusal) {
  const int status = ToWire(refusal.code).status;
  const auto code = status == 401   ? StorageError::kCopySourceUnauthenticated
                    : status == 403 ? StorageError::kCopySourceForbidden
                                    : StorageError::kCopySourceNotFound;
  return {code, "the source cannot be read: " + refusal.message};
}

// Whether the request's own credentials allow to read the source. Credentials of the source count
// instead of them. The service reads the source of a copy at once without them, and a signature of
// the destination is none of the source, unlike `loose`.
bool IsOwn(const http::Request& source, const ResourceName& name, const http::Request& request,
           const AuthorizedRequest& authorized, bool loose) {
  const bool needs_credentials =
      loose ? request.parameter(wire::kComp).has_value() : IsCopiedAtOnce(request);
  return (authorized.by_key || authorized.token || loose) &&
         name.account == authorized.name.account && !needs_credentials && !HasCredentials(source);
}

// Whether the source's credentials allow to read it, or anybody may.
Status CheckReadable(const http::Request& source, const ResourceName& name,
                     const Authorizer& authorizer, const AuthorizedRequest& authorized) {
  const auto readable = authorizer.AuthorizeSourceRead(source, name);
  if (readable) return Done{};
  if (HasCredentials(source)) return CannotRead(readable.error());
  const bool is_of_account = name.account == authorized.name.account;
  return Error{
      is_of_account ? StorageError::kCopySourceNotFound : StorageError::kCopySourceForbidden,
      "the source is private, and its URL has no signature"};
}

// The part of the source's query that is recorded. Signatures are not for others to see.
std::string MomentIn(const http::Request& source) {
  for (const auto name : {wire::kSnapshot, wire::kVersionId}) {
    const auto value = source.parameter(name);
    if (value && !value->empty()) return '?' + std::string(name) + '=' + *value;
  }
  return {};
}

// The tags of the copy; nullopt: those of the source. kInvalidHeaderValue.
Result<std::optional<Tags>> ReadCopyTags(const http::Request& request) {
  auto tags = ReadTags(request);
  if (!tags) return tags.error();
  const auto option = request.header(wire::kCopySourceTagOption).value_or(wire::kReplaceTags);
  const bool copies = EqualsIgnoringCase(option, wire::kCopyTags);
  if ((copies && !tags->empty()) || (!copies && !EqualsIgnoringCase(option, wire::kReplaceTags))) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kCopySourceTagOption, option);
  }
  return copies ? std::optional<Tags>() : std::optional(*std::move(tags));
}

}  // namespace

std::optional<ResourceName> NameIn(const http::Request& source) {
  const std::string account = AccountInHost(source);
  const std::string path(source.path());
  const auto decoded = PercentDecode(account.empty() ? path : '/' + account + path);
  if (!decoded) return std::nullopt;
  const std::string_view rest = std::string_view(*decoded).substr(1);
  const auto first = rest.find('/');
  const auto second = rest.find('/', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  return ResourceName{.account = std::string(rest.substr(0, first)),
                      .container = std::string(rest.substr(first + 1, second - first - 1)),
                      .blob = ResolveBlobName(rest.substr(second + 1))};
}

bool IsOfAnotherServer(std::string_view url, const http::Request& request) {
  const auto source = RequestFor(url, request);
  return source && !IsSameEndpoint(*source, request);
}

bool IsCopiedAtOnce(const http::Request& request) {
  return request.header(wire::kBlobType) || request.parameter(wire::kComp) ||
         EqualsIgnoringCase(request.header(wire::kRequiresSync).value_or(""), wire::kTrue);
}

std::string UrlOfSource(const http::Request& request) {
  const std::string_view url = request.header(wire::kCopySource).value_or("");
  return std::string(url.substr(0, url.find('?')));
}

Result<CopySource> ReadCopySource(const http::Request& request, const AuthorizedRequest& authorized,
                                  const Authorizer& authorizer) {
  const std::string url(request.header(wire::kCopySource).value_or(""));
  const auto source = RequestFor(url, request);
  if (!source || !http::IsHeaderText(url)) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kCopySource, url);
  }
  auto name = NameIn(*source);
  if (!name || !IsSameEndpoint(*source, request)) return CannotVerify(url);
  const auto moment = ReadMoment(*source);
  if (!moment) return CannotVerify(url);
  name->moment = *moment;
  const bool is_own = IsOwn(*source, *name, request, authorized, authorizer.is_loose());
  if (!is_own) {
    if (auto readable = CheckReadable(*source, *name, authorizer, authorized); !readable)
      return readable.error();
  }

  auto conditions = ReadConditions(request, wire::kSourcePrefix);
  if (!conditions) return conditions.error();
  auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  CopySource copy{
      .name = *std::move(name), .conditions = *std::move(conditions), .now = authorized.now};
  auto key = ReadSourceKey(request);
  if (!key) return key.error();
  copy.key_sha256 = *std::move(key);
  if (!metadata->empty()) copy.metadata = *std::move(metadata);
  copy.is_own = is_own;
  copy.is_block_blob =
      IsCopiedAtOnce(request) && (!authorizer.is_loose() || request.header(wire::kBlobType));
  if (const auto sealed = request.header(wire::kSealBlob)) {
    copy.is_sealed = EqualsIgnoringCase(*sealed, wire::kTrue);
  }
  auto tags = ReadCopyTags(request);
  if (!tags) return tags.error();
  copy.tags = *std::move(tags);
  const auto tier = ReadTierChange(request);
  if (!tier) return tier.error();
  copy.tier = *tier;
  if (request.header(wire::kBlobType)) {  // Put Blob From URL.
    auto own = ReadRecord(request, false);
    if (!own) return own.error();
    copy.properties = std::move(own->properties);
  }
  copy.source = UrlOfSource(request) + MomentIn(*source);
  return copy;
}

}  // namespace msc::storage
