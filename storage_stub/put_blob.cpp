#include "storage_stub/put_blob.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "storage_stub/resource_names.h"
#include "storage_stub/version.h"
#include "storage_stub/wire.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMebibyte = 1024 * 1024;
constexpr std::uint64_t kLimit = 5000 * kMebibyte;
constexpr std::uint64_t kOldLimit = 64 * kMebibyte;
constexpr std::size_t kMaxMetadata = 8 * 1024;  // Bytes of names and values.
constexpr std::size_t kMd5Size = 16;

// A property, the header that sets it, and the one that sets it where that is missing.
struct Source {
  std::string BlobProperties::*member;
  const char* first;
  const char* second;
};
constexpr std::array<Source, 5> kSources = {{
    {&BlobProperties::content_type, wire::kBlobContentType, wire::kContentType},
    {&BlobProperties::content_encoding, wire::kBlobContentEncoding, wire::kContentEncoding},
    {&BlobProperties::content_language, wire::kBlobContentLanguage, wire::kContentLanguage},
    {&BlobProperties::cache_control, wire::kBlobCacheControl, wire::kCacheControl},
    {&BlobProperties::content_disposition, wire::kBlobContentDisposition,
     wire::kBlobContentDisposition},
}};

Error BadHeader(ErrorCode code, std::string_view name, std::string_view value) {
  return {code,
          "the header " + std::string(name) + " is not valid",
          {},
          {{wire::kHeaderName, std::string(name)}, {wire::kHeaderValue, std::string(value)}}};
}

Status CheckOperation(const http::Request& request) {
  // Copying is another operation, told apart by this header alone.
  if (const auto source = request.header(wire::kCopySource)) {
    return BadHeader(ErrorCode::kInvalidHeaderValue, wire::kCopySource, *source);
  }
  const auto type = request.header(wire::kBlobType);
  if (!type) {
    return Error{ErrorCode::kMissingRequiredHeader,
                 "Put Blob needs x-ms-blob-type: BlockBlob",
                 {},
                 {{wire::kHeaderName, wire::kBlobType}}};
  }
  if (*type != wire::kBlockBlob) {
    return BadHeader(ErrorCode::kInvalidHeaderValue, wire::kBlobType, *type);
  }
  return Done{};
}

bool IsIdentifier(std::string_view name) {
  return !name.empty() && !IsDigit(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '_'; });
}

// One pair a name; the values of repeated headers are joined, as HTTP allows.
Status ReadMetadata(const http::Headers& headers, BlobProperties& properties) {
  std::size_t size = 0;
  for (const auto& header : headers) {
    const std::string_view full = header.name;
    if (!EqualsIgnoringCase(full.substr(0, wire::kMetadataPrefix.size()), wire::kMetadataPrefix)) {
      continue;
    }
    const auto name = full.substr(wire::kMetadataPrefix.size());
    if (!IsIdentifier(name) || !IsHeaderText(header.value)) {
      return Error{ErrorCode::kInvalidMetadata, "a metadata name must be an identifier"};
    }
    size += name.size() + header.value.size();
    auto& metadata = properties.metadata;
    const auto same = std::find_if(metadata.begin(), metadata.end(), [&](const auto& pair) {
      return EqualsIgnoringCase(pair.first, name);
    });
    if (same == metadata.end()) {
      metadata.emplace_back(name, header.value);
    } else {
      same->second += ',' + header.value;
    }
  }
  if (size > kMaxMetadata) {
    return Error{ErrorCode::kMetadataTooLarge, "metadata has at most 8 KiB"};
  }
  return Done{};
}

Status ReadProperties(const http::Request& request, BlobProperties& properties) {
  for (const auto& [member, first, second] : kSources) {
    const auto own = request.header(first);
    const auto value = own ? own : request.header(second);
    if (!value) continue;
    if (!IsHeaderText(*value)) return BadHeader(ErrorCode::kInvalidHeaderValue, first, *value);
    properties.*member = *value;
  }
  if (properties.content_type.empty()) properties.content_type = wire::kOctetStream;
  return ReadMetadata(request.headers, properties);
}

Result<std::vector<Bytes>> ReadMd5(const http::Request& request) {
  std::vector<Bytes> claims;
  for (const char* name : {wire::kContentMd5, wire::kBlobContentMd5}) {
    const auto text = request.header(name);
    if (!text) continue;
    auto md5 = Base64Decode(*text);
    if (!md5 || md5->size() != kMd5Size) return BadHeader(ErrorCode::kInvalidMd5, name, *text);
    claims.push_back(*std::move(md5));
  }
  return claims;
}

Result<std::optional<std::uint64_t>> ReadSize(const http::Request& request, std::uint64_t limit) {
  if (request.body == nullptr) {
    // A length of zero may come without a body to read.
    if (request.header(wire::kContentLength)) return std::optional<std::uint64_t>(0);
    return Error{ErrorCode::kLengthRequired, "Put Blob needs a Content-Length"};
  }
  if (request.body->size().value_or(0) > limit) {
    return Error{ErrorCode::kBodyTooLarge,
                 "the body is too large",
                 {},
                 {{wire::kMaxLimit, std::to_string(limit)}}};
  }
  request.body->Limit(limit);
  return request.body->size();
}

}  // namespace

Result<PutBlobOrder> ReadPutBlob(const http::Request& request, std::uint64_t limit) {
  if (auto checked = CheckOperation(request); !checked) return checked.error();
  const auto size = ReadSize(request, limit);
  if (!size) return size.error();
  PutBlobOrder order{.properties = {}, .size = *size};
  if (auto read = ReadProperties(request, order.properties); !read) return read.error();
  auto md5 = ReadMd5(request);
  if (!md5) return md5.error();
  order.expected_md5 = *std::move(md5);
  return order;
}

std::uint64_t PutBlobLimit(std::string_view version, bool strict) {
  return strict && version < kLargeBodies ? kOldLimit : kLimit;
}

Status CheckMd5(const PutBlobOrder& order, const Bytes& md5) {
  const auto wrong = std::find_if(order.expected_md5.begin(), order.expected_md5.end(),
                                  [&](const Bytes& expected) { return expected != md5; });
  if (wrong == order.expected_md5.end()) return Done{};
  return Error{ErrorCode::kMd5Mismatch,
               "the body has another MD5",
               {},
               {{wire::kUserSpecifiedMd5, Base64Encode(*wrong)},
                {wire::kServerCalculatedMd5, Base64Encode(md5)}}};
}

}  // namespace msc::storage
