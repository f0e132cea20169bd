#include "storage_stub/handlers/blob_answers.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "storage_stub/handlers/encryption_headers.h"
#include "storage_stub/handlers/immutability_headers.h"
#include "storage_stub/handlers/lease_answers.h"
#include "storage_stub/handlers/tier_headers.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

void AddIfAny(http::Headers& headers, const char* name, std::string value) {
  if (!value.empty()) headers.push_back({name, std::move(value)});
}

// A stored property, or the value that the signature replaces it by.
void AddProperty(http::Headers& headers, const char* name, const std::string& stored,
                 const http::Headers& overrides) {
  AddIfAny(headers, name, std::string(http::Find(overrides, name).value_or(stored)));
}

// Headers about the bytes that follow: the whole blob or a part.
struct Content {
  std::uint64_t length;
  const Bytes& md5;
};

// Enough for most reads: the list of headers grows only if there are more.
constexpr std::size_t kMostReadHeaders = 24;

// What only append blobs or page blobs have.
void AddTypeHeaders(http::Headers& headers, const BlobRecord& record) {
  if (record.type == BlobType::kAppend) {
    headers.push_back({wire::kCommittedBlockCount, std::to_string(record.appended_blocks)});
    headers.push_back({wire::kSealed, record.is_sealed ? wire::kTrue : wire::kFalse});
  } else {
    headers.push_back({wire::kSequenceNumber, std::to_string(record.sequence_number)});
  }
}

void AddCopy(http::Headers& headers, const CopyRecord& copy, std::uint64_t blob_size, Time now) {
  const auto status = copy.StatusAt(now);
  headers.push_back({wire::kCopyId, copy.id});
  headers.push_back({wire::kCopySource, copy.source});
  headers.push_back({wire::kCopyStatus, NameOf(status)});
  headers.push_back({wire::kCopyProgress, ProgressOf(copy, blob_size, now)});
  if (status == CopyStatus::kPending) return;
  headers.push_back({wire::kCopyCompletionTime, FormatHttpDate(copy.completed)});
}

http::Headers ReadHeaders(const BlobRecord& record, const Content& content, Time now,
                          const http::Headers& overrides) {
  const auto& properties = record.properties;
  http::Headers headers;
  headers.reserve(kMostReadHeaders + record.metadata.size());
  AddProperty(headers, wire::kCacheControl, properties.cache_control, overrides);
  headers.push_back({wire::kContentLength, std::to_string(content.length)});
  AddProperty(headers, wire::kContentType, properties.content_type, overrides);
  AddProperty(headers, wire::kContentEncoding, properties.content_encoding, overrides);
  AddProperty(headers, wire::kContentLanguage, properties.content_language, overrides);
  AddIfAny(headers, wire::kContentMd5, Base64Encode(content.md5));
  headers.push_back({wire::kLastModified, FormatHttpDate(record.last_modified)});
  headers.push_back({wire::kAcceptRanges, wire::kBytes});
  headers.push_back({wire::kEtag, record.etag});
  AddProperty(headers, wire::kContentDisposition, properties.content_disposition, overrides);
  AddMetadata(headers, record.metadata);
  AddImmutability(headers, record.immutability);
  headers.push_back({wire::kCreationTime, FormatHttpDate(record.created)});
  AddLease(headers, record.lease, now);
  headers.push_back({wire::kBlobType, NameOf(record.type)});
  if (record.type != BlobType::kBlock) AddTypeHeaders(headers, record);
  headers.push_back({wire::kServerEncrypted, wire::kTrue});
  AddStoredEncryption(headers, record.encryption);
  AddVersion(headers, record.version);
  if (record.version != 0 && record.moment == BlobMoment{}) {
    headers.push_back({wire::kIsCurrentVersion, wire::kTrue});
  }
  if (!record.tags.empty()) {
    headers.push_back({wire::kTagCount, std::to_string(record.tags.size())});
  }
  if (record.copy) AddCopy(headers, *record.copy, record.size, now);
  return headers;
}

}  // namespace

const char* NameOf(CopyStatus status) {
  switch (status) {
    case CopyStatus::kSuccess:
      return wire::kSuccess;
    case CopyStatus::kPending:
      return wire::kPending;
    case CopyStatus::kAborted:
      return wire::kAborted;
    case CopyStatus::kFailed:
      return wire::kFailed;
  }
  throw std::logic_error("CopyStatus out of range");
}

std::string ProgressOf(const CopyRecord& copy, std::uint64_t blob_size, Time now) {
  if (copy.StatusAt(now) != CopyStatus::kSuccess) return "0/" + std::to_string(copy.total);
  const std::string size = std::to_string(blob_size);
  return size + '/' + size;
}

http::Headers WriteHeaders(const BlobRecord& record) {
  return {{wire::kLastModified, FormatHttpDate(record.last_modified)}, {wire::kEtag, record.etag}};
}

http::Response BlobAnswer(const BlobRecord& record, Time now, const http::Headers& overrides) {
  return {.headers = ReadHeaders(record, {record.size, record.properties.md5}, now, overrides)};
}

http::Response RangeAnswer(const OpenBlob& blob, Time now, const http::Headers& overrides,
                           const Digests& digests) {
  const auto& [first, length] = blob.range;
  http::Response response{
      .status = 206, .headers = ReadHeaders(blob.record, {length, digests.md5}, now, overrides)};
  response.headers.push_back({wire::kContentRange, "bytes " + std::to_string(first) + '-' +
                                                       std::to_string(first + length - 1) + '/' +
                                                       std::to_string(blob.record.size)});
  AddIfAny(response.headers, wire::kContentCrc64, Base64Encode(digests.crc64));
  AddIfAny(response.headers, wire::kBlobContentMd5, Base64Encode(blob.record.properties.md5));
  return response;
}

http::Response PropertiesAnswer(const BlobRecord& record, Time now,
                                const http::Headers& overrides) {
  http::Response response = BlobAnswer(record, now, overrides);
  if (record.type != BlobType::kBlock) return response;  // Others have no tier.
  AddTier(response.headers, record.tier);
  return response;
}

http::Response MetadataAnswer(const BlobRecord& record) {
  http::Response response{.headers = WriteHeaders(record)};
  AddMetadata(response.headers, record.metadata);
  return response;
}

http::Response PutBlobAnswer(const BlobRecord& record, std::string_view version) {
  http::Response response{.status = 201};
  AddIfAny(response.headers, wire::kContentMd5, Base64Encode(record.properties.md5));
  for (auto& header : WriteHeaders(record)) response.headers.push_back(std::move(header));
  AddWrittenEncryption(response.headers, record.encryption, version);
  AddVersion(response.headers, record.version);
  return response;
}

http::Response CreateBlobAnswer(const BlobRecord& record, std::string_view version) {
  http::Response response{.status = 201, .headers = WriteHeaders(record)};
  AddWrittenEncryption(response.headers, record.encryption, version);
  AddVersion(response.headers, record.version);
  return response;
}

http::Response CopyAnswer(const BlobRecord& record, const Bytes& md5) {
  http::Response response{.status = 202, .headers = WriteHeaders(record)};
  AddIfAny(response.headers, wire::kContentMd5, Base64Encode(md5));
  response.headers.push_back({wire::kCopyId, record.copy->id});
  response.headers.push_back({wire::kCopyStatus, NameOf(record.copy->status)});
  AddVersion(response.headers, record.version);
  return response;
}

http::Response SetPropertiesAnswer(const BlobRecord& record) {
  http::Response response{.headers = WriteHeaders(record)};
  if (record.type == BlobType::kPage) AddTypeHeaders(response.headers, record);
  return response;
}

http::Response SetMetadataAnswer(const BlobRecord& record, std::string_view version) {
  http::Response response{.headers = WriteHeaders(record)};
  AddWrittenEncryption(response.headers, record.encryption, version);
  AddVersion(response.headers, record.version);
  return response;
}

http::Response DeleteBlobAnswer(bool is_permanent) {
  return {.status = 202,
          .headers = {{wire::kDeleteTypePermanent, is_permanent ? wire::kTrue : wire::kFalse}}};
}

void AddVersion(http::Headers& headers, std::int64_t version) {
  if (version != 0) headers.push_back({wire::kVersionOfBlob, FormatMoment(version)});
}

}  // namespace msc::storage
