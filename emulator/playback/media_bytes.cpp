#include "emulator/playback/media_bytes.h"

#include <memory>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "emulator/playback/encrypted_source.h"
#include "emulator/playback/playback_error.h"
#include "emulator/playback/read_conditions.h"

namespace msc::playback {
namespace {

constexpr std::string_view kContentType = "Content-Type";

void AddHeader(http::Response& response, std::string_view name, std::string_view value) {
  response.headers.push_back({std::string(name), std::string(value)});
}

Error Missing(const MediaBytes& bytes, const Error& error) {
  return {PlaybackError::kFragmentNotFound,
          "the packaged media are gone: " + bytes.blob + ": " + error.message};
}

// "0x8D…-<first>-<length>", and "-e" if it is encrypted: changes whenever the blob does.
std::string EtagOf(const storage::BlobInfo& blob, const http::ByteRange& part, bool is_encrypted) {
  std::string etag = blob.etag.substr(0, blob.etag.size() - 1);
  etag += '-' + std::to_string(part.first) + '-' + std::to_string(part.length);
  return etag + (is_encrypted ? "-e\"" : "\"");
}

// What is sent of `size` bytes; nullopt: all.
Result<std::optional<http::ByteRange>> RangeOf(const http::Request& request, std::uint64_t size,
                                               std::string_view etag, Time last_modified) {
  const auto wanted = http::ParseRange(request.header("Range").value_or(""));
  if (!wanted || !RangeCounts(request, etag, last_modified))
    return std::optional<http::ByteRange>();
  const auto range = wanted->Within(size);
  if (range) return range;
  return Error{.code = PlaybackError::kRangeNotSatisfiable,
               .message = "there are " + std::to_string(size) + " bytes",
               .facts = ResourceSize{size}};
}

using Source = std::unique_ptr<http::BodySource>;

// `part` of the blob, encrypted from its beginning to its end.
Result<Source> Encrypted(const storage::BlobService& blobs, const MediaBytes& bytes,
                         const http::ByteRange& part, const http::ByteRange& sent) {
  auto clear = blobs.ReadBlob(bytes.container, bytes.blob, part.first, part.length);
  if (!clear) return Missing(bytes, clear.error());
  return Source(std::make_unique<EncryptedSource>(*std::move(clear), bytes.envelope->key,
                                                  bytes.envelope->iv, sent));
}

Result<Source> OpenEncrypted(const storage::BlobService& blobs, EncryptedCache& cache,
                             const MediaBytes& bytes, const http::ByteRange& part,
                             const http::ByteRange& sent, const std::string& etag) {
  const EncryptedCache::Key key{.owner = bytes.owner, .version = etag};
  auto known = cache.Find(key);
  if (!known) {
    auto whole = Encrypted(blobs, bytes, part, {.first = 0, .length = EncryptedSize(part.length)});
    if (!whole) return whole.error();
    known = cache.Keep(key, **whole);
  }
  if (!known) return Encrypted(blobs, bytes, part, sent);
  return Source(std::make_unique<SharedSource>(std::move(known), sent));
}

Result<Source> OpenClear(const storage::BlobService& blobs, const MediaBytes& bytes,
                         const http::ByteRange& part, const http::ByteRange& sent) {
  auto source = blobs.ReadBlob(bytes.container, bytes.blob, part.first + sent.first, sent.length);
  if (!source) return Missing(bytes, source.error());
  return source;
}

// The end of a request whose conditions are not met; nullopt: they are.
Result<std::optional<http::Response>> CheckEarly(const http::Request& request,
                                                 std::string_view etag,
                                                 std::optional<Time> last_modified) {
  const auto outcome = CheckConditions(request, etag, last_modified);
  if (outcome == ReadOutcome::kSend) return std::optional<http::Response>();
  if (outcome == ReadOutcome::kConditionNotMet) {
    return Error{PlaybackError::kConditionNotMet, "a condition of the request is not met"};
  }
  http::Response response{.status = 304};
  AddHeader(response, "ETag", etag);
  return std::optional(std::move(response));
}

// The response without the bytes. `sent`: of `size` bytes; nullopt: all of them.
http::Response HeadOf(const storage::BlobInfo& blob, std::string_view etag,
                      std::string_view content_type, const std::optional<http::ByteRange>& sent,
                      std::uint64_t size) {
  http::Response response{.status = sent ? 206 : 200};
  AddHeader(response, "Content-Length", std::to_string(sent ? sent->length : size));
  AddHeader(response, kContentType, content_type);
  if (sent) {
    AddHeader(response, "Content-Range",
              "bytes " + std::to_string(sent->first) + '-' +
                  std::to_string(sent->first + sent->length - 1) + '/' + std::to_string(size));
  }
  AddHeader(response, "Accept-Ranges", "bytes");
  AddHeader(response, "ETag", etag);
  AddHeader(response, "Last-Modified", FormatHttpDate(blob.last_modified));
  return response;
}

}  // namespace

Result<http::Response> Send(const http::Request& request, const storage::BlobService& blobs,
                            EncryptedCache& cache, const MediaBytes& bytes) {
  const auto blob = blobs.FindBlob(bytes.container, bytes.blob);
  if (!blob) return Missing(bytes, blob.error());
  const auto part = bytes.part.value_or(http::ByteRange{.first = 0, .length = blob->size});
  const auto etag = EtagOf(*blob, part, bytes.envelope.has_value());
  auto early = CheckEarly(request, etag, blob->last_modified);
  if (!early) return early.error();
  if (*early) return std::move(**early);
  const auto size = bytes.envelope ? EncryptedSize(part.length) : part.length;
  const auto range = RangeOf(request, size, etag, blob->last_modified);
  if (!range) return range.error();

  auto response = HeadOf(*blob, etag, bytes.content_type, *range, size);
  if (request.method == http::Method::kHead || size == 0) return response;
  const auto sent = range->value_or(http::ByteRange{.first = 0, .length = size});
  auto source = bytes.envelope ? OpenEncrypted(blobs, cache, bytes, part, sent, etag)
                               : OpenClear(blobs, bytes, part, sent);
  if (!source) return source.error();
  response.source = *std::move(source);
  return response;
}

Result<http::Response> SendText(const http::Request& request, std::string text,
                                std::string_view content_type) {
  const auto etag = '"' + HexEncode(Sha256(text).substr(0, 16)) + '"';
  auto early = CheckEarly(request, etag, std::nullopt);
  if (!early) return early.error();
  if (*early) return std::move(**early);
  http::Response response{.body = std::move(text)};
  AddHeader(response, "Content-Length", std::to_string(response.body.size()));
  AddHeader(response, kContentType, content_type);
  AddHeader(response, "ETag", etag);
  return response;
}

}  // namespace msc::playback
