#include "storage_stub/handlers/upload.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/http/http_error.h"
#include "storage_stub/extents/body_pump.h"
#include "storage_stub/handlers/tier_headers.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMebibyte = 1024 * 1024;
constexpr std::size_t kMd5Size = 16;
constexpr std::size_t kCrc64Size = 8;

// Size limits, by the version that introduced them.
struct Limits {
  std::uint64_t first;
  std::uint64_t from_2016;
  std::uint64_t from_2019;
};
constexpr Limits kPutBlobLimits = {64 * kMebibyte, 256 * kMebibyte, 5000 * kMebibyte};
constexpr std::uint64_t kFirstAppendBlockLimit = 4 * kMebibyte;
constexpr std::uint64_t kAppendBlockLimit = 100 * kMebibyte;  // From 2022-11-02 on.
constexpr Limits kPutBlockLimits = {4 * kMebibyte, 100 * kMebibyte, 4000 * kMebibyte};

std::uint64_t LimitOf(const Limits& limits, std::string_view version, bool strict) {
  if (!strict || version >= kHugeBodies) return limits.from_2019;
  return version >= kLargeBodies ? limits.from_2016 : limits.first;
}

// A property, the service's header that sets it, and the standard HTTP header that may set it.
struct Source {
  std::string BlobProperties::*member;
  const char* own;
  const char* standard;
};
constexpr std::array<Source, 5> kSources = {{
    {&BlobProperties::content_type, wire::kBlobContentType, wire::kContentType},
    {&BlobProperties::content_encoding, wire::kBlobContentEncoding, wire::kContentEncoding},
    {&BlobProperties::content_language, wire::kBlobContentLanguage, wire::kContentLanguage},
    {&BlobProperties::cache_control, wire::kBlobCacheControl, wire::kCacheControl},
    {&BlobProperties::content_disposition, wire::kBlobContentDisposition,
     wire::kBlobContentDisposition},
}};

std::ptrdiff_t CountOf(const http::Headers& headers, std::string_view name) {
  return std::count_if(headers.begin(), headers.end(), [&](const http::Header& header) {
    return EqualsIgnoringCase(header.name, name);
  });
}

// An empty checksum counts as absent.
std::optional<std::string_view> ChecksumHeader(const http::Request& request, const char* name) {
  const auto text = request.header(name);
  return text && !text->empty() ? text : std::nullopt;
}

// An MD5 that is stored with the blob and not checked.
Result<Bytes> ReadStoredMd5(const http::Request& request) {
  const auto text = request.header(wire::kBlobContentMd5).value_or("");
  auto md5 = Base64Decode(text);
  if (!md5) return BadHeader(StorageError::kInvalidMd5, wire::kBlobContentMd5, text);
  return *std::move(md5);
}

Result<std::uint64_t> ReadCapacity(const http::Request& request, std::uint64_t limit) {
  if (request.body == nullptr) return std::uint64_t{0};
  if (request.body->size().value_or(0) > limit) {
    return Error{.code = http::HttpError::kBodyTooLarge,
                 .message = "the body is too large",
                 .facts = SizeLimit{limit}};
  }
  request.body->Limit(limit);
  return request.body->size().value_or(limit);
}

}  // namespace

Result<Bytes> ReadMd5(const http::Request& request, const char* name) {
  auto md5 = Base64Decode(ChecksumHeader(request, name).value_or(""));
  if (!md5 || (!md5->empty() && md5->size() != kMd5Size)) {
    return BadHeader(StorageError::kInvalidMd5, name, request.header(name).value_or(""));
  }
  return *std::move(md5);
}

Result<std::optional<Bytes>> ReadCrc64(const http::Request& request, const char* name) {
  const auto text = ChecksumHeader(request, name);
  if (!text) return std::optional<Bytes>();
  auto crc64 = Base64Decode(*text);
  if (!crc64 || crc64->size() != kCrc64Size) {
    return BadHeader(StorageError::kInvalidHeaderValue, name, *text);
  }
  return crc64;
}

std::uint64_t PutBlobLimit(std::string_view version, bool strict) {
  return LimitOf(kPutBlobLimits, version, strict);
}

std::uint64_t PutBlockLimit(std::string_view version, bool strict) {
  return LimitOf(kPutBlockLimits, version, strict);
}

std::uint64_t AppendBlockLimit(std::string_view version, bool strict) {
  return !strict || version >= kLargeAppends ? kAppendBlockLimit : kFirstAppendBlockLimit;
}

Result<DeclaredChecksums> ReadDeclaredChecksums(const http::Request& request, std::uint64_t limit,
                                                std::initializer_list<const char*> md5_headers) {
  const auto capacity = ReadCapacity(request, limit);
  if (!capacity) return capacity.error();
  DeclaredChecksums declared{.capacity = *capacity};
  for (const char* name : md5_headers) {
    if (CountOf(request.headers, name) > 1) {
      return BadHeader(StorageError::kInvalidMd5, name, "(several)");
    }
    auto md5 = ReadMd5(request, name);
    if (!md5) return md5.error();
    if (!md5->empty() && declared.md5.empty()) declared.md5 = *std::move(md5);
  }
  auto crc64 = ReadCrc64(request, wire::kContentCrc64);
  if (!crc64) return crc64.error();
  declared.crc64 = *std::move(crc64);
  if (declared.crc64 && ChecksumHeader(request, wire::kContentMd5)) {
    return Error{StorageError::kBothCrc64AndMd5HeaderPresent, "one checksum is enough"};
  }
  return declared;
}

Status CheckDeclaredChecksums(const DeclaredChecksums& declared, const Digests& digests) {
  if (!declared.md5.empty() && declared.md5 != digests.md5) {
    return Error{.code = StorageError::kMd5Mismatch,
                 .message = "the body has another MD5",
                 .facts = ChecksumMismatch{ChecksumMismatch::Algorithm::kMd5,
                                           Base64Encode(declared.md5), Base64Encode(digests.md5)}};
  }
  if (declared.crc64 && *declared.crc64 != digests.crc64) {
    return Error{
        .code = StorageError::kCrc64Mismatch,
        .message = "the body has another CRC-64",
        .facts = ChecksumMismatch{ChecksumMismatch::Algorithm::kCrc64,
                                  Base64Encode(*declared.crc64), Base64Encode(digests.crc64)}};
  }
  return Done{};
}

Result<Digests> Receive(http::BodyReader* body, const DeclaredChecksums& declared,
                        ExtentWriter& writer, bool wants_md5) {
  auto digests = Pump(body, writer, wants_md5 || !declared.md5.empty());
  if (!digests) return digests.error();
  if (auto as_claimed = CheckDeclaredChecksums(declared, *digests); !as_claimed)
    return as_claimed.error();
  return digests;
}

bool TellsMd5(const DeclaredChecksums& declared, std::string_view version) {
  return !declared.md5.empty() || !TellsCrc64(version);
}

void AddChecksum(http::Headers& headers, const Digests& digests, bool tells_md5) {
  if (tells_md5) {
    headers.push_back({wire::kContentMd5, Base64Encode(digests.md5)});
  } else {
    headers.push_back({wire::kContentCrc64, Base64Encode(digests.crc64)});
  }
}

Result<std::string> ReceiveDocument(const http::Request& request, std::uint64_t limit) {
  const auto declared = ReadDeclaredChecksums(request, limit, {wire::kContentMd5});
  if (!declared) return declared.error();
  if (request.body == nullptr) return std::string();
  auto document = http::ReadAll(*request.body);
  if (!document) return document.error();
  Digester digester({.md5 = !declared->md5.empty(), .crc64 = declared->crc64.has_value()});
  digester.Update(*document);
  if (auto as_claimed = CheckDeclaredChecksums(*declared, digester.Finish()); !as_claimed) {
    return as_claimed.error();
  }
  return document;
}

Result<BlobRecord> ReadRecord(const http::Request& request, bool standard) {
  BlobRecord record;
  for (const auto& [member, own, other] : kSources) {
    auto value = request.header(own);
    if (!value && standard) value = request.header(other);
    if (!value) continue;
    if (!http::IsHeaderText(*value))
      return BadHeader(StorageError::kInvalidHeaderValue, own, *value);
    record.properties.*member = *value;
  }
  if (record.properties.content_type.empty() && standard) {
    record.properties.content_type = wire::kOctetStream;
  }
  auto md5 = ReadStoredMd5(request);
  if (!md5) return md5.error();
  record.properties.md5 = *std::move(md5);
  auto metadata = ReadMetadata(request.headers);
  if (!metadata) return metadata.error();
  record.metadata = *std::move(metadata);
  auto tags = ReadTags(request);
  if (!tags) return tags.error();
  record.tags = *std::move(tags);
  const auto tier = ReadTierChange(request);
  if (!tier) return tier.error();
  if (*tier) record.tier = {.tier = (*tier)->tier, .is_set = true};
  return record;
}

}  // namespace msc::storage
