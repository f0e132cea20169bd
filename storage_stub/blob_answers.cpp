#include "storage_stub/blob_answers.h"

#include <string>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/base/time_format.h"
#include "storage_stub/version.h"
#include "storage_stub/wire.h"

namespace msc::storage {
namespace {

void AddIfAny(http::Headers& headers, const char* name, std::string value) {
  if (!value.empty()) headers.push_back({name, std::move(value)});
}

// A stored property or what the signature puts in its place.
void AddProperty(http::Headers& headers, const char* name, const std::string& stored,
                 const http::Headers& overrides) {
  AddIfAny(headers, name, std::string(http::Find(overrides, name).value_or(stored)));
}

}  // namespace

http::Headers BlobHeaders(const BlobRecord& record, const http::Headers& overrides) {
  const auto& properties = record.properties;
  http::Headers headers;
  AddProperty(headers, wire::kCacheControl, properties.cache_control, overrides);
  headers.push_back({wire::kContentLength, std::to_string(record.size)});
  AddProperty(headers, wire::kContentType, properties.content_type, overrides);
  AddProperty(headers, wire::kContentEncoding, properties.content_encoding, overrides);
  AddProperty(headers, wire::kContentLanguage, properties.content_language, overrides);
  AddIfAny(headers, wire::kContentMd5, Base64Encode(properties.md5));
  headers.push_back({wire::kLastModified, FormatHttpDate(record.last_modified)});
  headers.push_back({wire::kAcceptRanges, wire::kBytes});
  headers.push_back({wire::kEtag, record.etag});
  AddProperty(headers, wire::kContentDisposition, properties.content_disposition, overrides);
  for (const auto& [name, value] : properties.metadata) {
    headers.push_back({std::string(wire::kMetadataPrefix) + name, value});
  }
  headers.push_back({wire::kCreationTime, FormatHttpDate(record.created)});
  headers.push_back({wire::kLeaseStatus, wire::kUnlocked});
  headers.push_back({wire::kLeaseState, wire::kAvailable});
  headers.push_back({wire::kBlobType, wire::kBlockBlob});
  headers.push_back({wire::kServerEncrypted, wire::kTrue});
  return headers;
}

http::Response PutBlobAnswer(const BlobRecord& record, std::string_view version) {
  http::Response response{.status = 201,
                          .headers = {{wire::kContentMd5, Base64Encode(record.properties.md5)},
                                      {wire::kLastModified, FormatHttpDate(record.last_modified)},
                                      {wire::kEtag, record.etag}}};
  if (version >= kEncryptionAtRest) {
    response.headers.push_back({wire::kRequestServerEncrypted, wire::kTrue});
  }
  return response;
}

http::Response PropertiesAnswer(const BlobRecord& record, const http::Headers& overrides) {
  http::Response response{.headers = BlobHeaders(record, overrides)};
  response.headers.push_back({wire::kAccessTier, wire::kHot});
  response.headers.push_back({wire::kAccessTierInferred, wire::kTrue});
  return response;
}

http::Response DeleteBlobAnswer() {
  return {.status = 202, .headers = {{wire::kDeleteTypePermanent, wire::kTrue}}};
}

}  // namespace msc::storage
