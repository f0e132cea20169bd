#include "storage_stub/handlers/remote_source.h"

#include <array>
#include <string>
#include <utility>

#include "emulator/http/fetch.h"
#include "emulator/http/http_error.h"
#include "storage_stub/handlers/copy_source.h"
#include "storage_stub/protocol/metadata.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

Error NotVerified(const std::string& why) {
  return {StorageError::kCannotVerifyCopySource, "the source cannot be read: " + why};
}

// Read errors of the source are not those of the client.
class RemoteBody final : public http::BodyReader {
 public:
  explicit RemoteBody(std::unique_ptr<http::BodyReader> body) : body_(std::move(body)) {}

  std::optional<std::uint64_t> size() const override { return body_->size(); }
  void Limit(std::uint64_t bytes) override { body_->Limit(bytes); }
  Result<std::size_t> Read(std::span<char> buffer) override {
    auto count = body_->Read(buffer);
    if (!count) return NotVerified(count.error().message);
    return count;
  }

 private:
  const std::unique_ptr<http::BodyReader> body_;
};

// The header of a request to the source, for one about it.
constexpr std::array<std::pair<const char*, const char*>, 4> kSourceConditions = {
    {{"x-ms-source-if-match", wire::kIfMatch},
     {"x-ms-source-if-none-match", wire::kIfNoneMatch},
     {"x-ms-source-if-modified-since", wire::kIfModifiedSince},
     {"x-ms-source-if-unmodified-since", wire::kIfUnmodifiedSince}}};

http::Headers HeadersFor(const http::Request& request,
                         const std::optional<http::RangeRequest>& range) {
  http::Headers headers;
  for (const auto& [from, to] : kSourceConditions) {
    if (const auto value = request.header(from)) headers.push_back({to, std::string(*value)});
  }
  if (const auto own = request.header(wire::kCopySourceAuthorization)) {
    headers.push_back({wire::kAuthorization, std::string(*own)});
  }
  if (range && range->first) {
    headers.push_back({wire::kRange, "bytes=" + std::to_string(*range->first) + '-' +
                                         (range->last ? std::to_string(*range->last) : "")});
  }
  return headers;
}

Error ErrorFor(int status) {
  const std::string why = "its server responds with status " + std::to_string(status);
  switch (status) {
    case 304:
    case 412:
      return {StorageError::kSourceConditionNotMet, why};
    case 401:
      return {StorageError::kCopySourceUnauthenticated, why};
    case 403:
      return {StorageError::kCopySourceForbidden, why};
    case 404:
      return {StorageError::kCopySourceNotFound, why};
    case 416:
      return {StorageError::kInvalidRange, why};
    default:
      return NotVerified(why);
  }
}

}  // namespace

bool HasRemoteSource(const http::Request& request, const CopySources& allowed) {
  const auto url = request.header(wire::kCopySource);
  return url && IsOfAnotherServer(*url, request) && allowed.Allows(*url);
}

Result<RemoteSource> OpenRemote(const http::Request& request, const CopySources& allowed,
                                const std::optional<http::RangeRequest>& range,
                                std::uint64_t limit) {
  const std::string url(request.header(wire::kCopySource).value_or(""));
  auto fetched = http::Fetch({.url = url,
                              .headers = HeadersFor(request, range),
                              .may_be_special = allowed.AllowsAddress(url),
                              .is_wanted = [&request] { return !request.IsUnwanted(); }});
  if (!fetched) return NotVerified(fetched.error().message);
  const int expected = range ? 206 : 200;
  if (fetched->status != expected) return ErrorFor(fetched->status);
  const auto size = fetched->body->size();
  if (!size) return NotVerified("its server does not tell its size");
  if (*size > limit) {
    return Error{.code = http::HttpError::kBodyTooLarge,
                 .message = "the source is too large",
                 .facts = SizeLimit{limit}};
  }
  return RemoteSource{.headers = std::move(fetched->headers),
                      .body = std::make_unique<RemoteBody>(std::move(fetched->body)),
                      .size = *size};
}

void TakeProperties(const http::Headers& headers, BlobRecord& record) {
  const auto take = [&](const char* name, std::string& property) {
    if (property.empty()) property = http::Find(headers, name).value_or("");
  };
  take(wire::kContentType, record.properties.content_type);
  take(wire::kContentEncoding, record.properties.content_encoding);
  take(wire::kContentLanguage, record.properties.content_language);
  take(wire::kCacheControl, record.properties.cache_control);
  take(wire::kContentDisposition, record.properties.content_disposition);
  if (record.properties.content_type.empty()) record.properties.content_type = wire::kOctetStream;
  auto metadata = ReadMetadata(headers);
  if (record.metadata.empty() && metadata) record.metadata = *std::move(metadata);
}

}  // namespace msc::storage
