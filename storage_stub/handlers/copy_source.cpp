#include "storage_stub/handlers/copy_source.h"

#include <optional>
#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/http/local_host.h"
#include "storage_stub/handlers/upload.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/host_style.h"
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
  return source;
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

// Whether the request's own credentials allow to read the source. A signature in its URL counts
// instead of them. The service reads a source of a copy at once without them: so does `strict`.
bool IsOwn(const http::Request& source, const ResourceName& name, const http::Request& request,
           const AuthorizedRequest& authorized, bool strict) {
  const bool needs_signature =
      request.parameter(wire::kComp) || (strict && IsCopiedAtOnce(request));
  return authorized.by_key && name.account == authorized.name.account && !needs_signature &&
         !source.parameter(wire::kSignature);
}

// Whether the credentials in the source's URL allow to read it.
Status CheckReadable(const http::Request& source, const ResourceName& name,
                     const Authorizer& authorizer) {
  if (!source.parameter(wire::kSignature)) {
    return Error{StorageError::kCopySourceNotFound,
                 "the source is private, and its URL has no signature"};
  }
  if (auto readable = authorizer.AuthorizeSourceRead(source, name); !readable) {
    return CannotRead(readable.error());
  }
  return Done{};
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

bool IsCopiedAtOnce(const http::Request& request) {
  return request.header(wire::kBlobType) || request.parameter(wire::kComp) ||
         EqualsIgnoringCase(request.header(wire::kRequiresSync).value_or(""), wire::kTrue);
}

Result<CopySource> ReadCopySource(const http::Request& request, const AuthorizedRequest& authorized,
                                  const Authorizer& authorizer, bool strict) {
  const std::string url(request.header(wire::kCopySource).value_or(""));
  const auto source = RequestFor(url, request);
  if (!source || !http::IsHeaderText(url)) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kCopySource, url);
  }
  auto name = NameIn(*source);
  const bool is_base = !source->parameter(wire::kSnapshot) && !source->parameter(wire::kVersionId);
  if (!name || !is_base || !IsSameEndpoint(*source, request)) return CannotVerify(url);
  const bool is_own = IsOwn(*source, *name, request, authorized, strict);
  if (!is_own) {
    if (auto readable = CheckReadable(*source, *name, authorizer); !readable)
      return readable.error();
  }

  auto conditions = ReadConditions(request, wire::kSourcePrefix);
  if (!conditions) return conditions.error();
  auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  CopySource copy{
      .name = *std::move(name), .conditions = *std::move(conditions), .now = authorized.now};
  if (!metadata->empty()) copy.metadata = *std::move(metadata);
  copy.is_own = is_own;
  copy.is_block_blob = IsCopiedAtOnce(request) && (strict || request.header(wire::kBlobType));
  if (const auto sealed = request.header(wire::kSealBlob)) {
    copy.is_sealed = EqualsIgnoringCase(*sealed, wire::kTrue);
  }
  auto tags = ReadCopyTags(request);
  if (!tags) return tags.error();
  copy.tags = *std::move(tags);
  copy.tier_is_set = !request.header(wire::kAccessTier).value_or("").empty();
  if (request.header(wire::kBlobType)) {  // Put Blob From URL.
    auto own = ReadRecord(request, false);
    if (!own) return own.error();
    copy.properties = std::move(own->properties);
  }
  // Signatures are not for others to see.
  copy.source = url.substr(0, url.find('?'));
  return copy;
}

}  // namespace msc::storage
