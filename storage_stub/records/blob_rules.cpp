#include "storage_stub/records/blob_rules.h"

#include <iterator>
#include <limits>
#include <string_view>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"
#include "emulator/http/head.h"
#include "emulator/http/headers.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/model/service_properties.h"
#include "storage_stub/model/stored_policy.h"
#include "storage_stub/protocol/metadata.h"
#include "storage_stub/protocol/tags.h"
#include "storage_stub/protocol/xml.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/etag.h"

namespace msc::storage {
namespace {

using sqlite::Allowed;
using sqlite::Instant;
using sqlite::IntegerFrom;
using sqlite::NullOr;
using sqlite::RowRule;
using sqlite::Text;

bool IsBlobName(std::string_view name) {
  return CheckBlobName(name) && ResolveBlobName(name) == name;
}

bool IsValueOfHeader(std::string_view text) {
  return text.size() < http::kMaxHeaderLine && http::IsHeaderText(text);
}

bool IsBlockId(std::string_view text) {
  const auto bytes = Base64Decode(text);
  return bytes && !bytes->empty() && bytes->size() <= kMaxBlockId;
}

Allowed ContainerName() {
  return Text([](std::string_view name) { return static_cast<bool>(CheckContainerName(name)); },
              "3 to 63 lower-case letters, digits and single hyphens inside");
}

Allowed BlobName() {
  return Text(IsBlobName, "1 to 1,024 characters of UTF-8, none of them a control character");
}

Allowed HeaderValue() { return Text(IsValueOfHeader, "a header's value: no control characters"); }

Allowed MetadataName() {
  return Text(IsMetadataName, "an identifier: letters, digits and underscores");
}

Allowed Guid() {
  return Text([](std::string_view id) { return ParseGuid(id) == id; }, "a GUID");
}

Allowed Etag() { return IntegerFrom(1, kHighestEtag); }

Allowed Size(std::uint64_t most) { return IntegerFrom(0, static_cast<std::int64_t>(most)); }

// That it is right is checked when the bytes are there.
Allowed Checksum() {
  return IntegerFrom(std::numeric_limits<std::int64_t>::min(),
                     std::numeric_limits<std::int64_t>::max());
}

// An account's name. CheckRecords checks that it is served.
Allowed AccountName() {
  return Text([](std::string_view name) { return !name.empty(); }, "the name of an account");
}

constexpr RowRule kBlobRows[] = {
    {"container_metadata", "container_id",
     "SELECT container_id FROM container_metadata WHERE container_id NOT IN"
     " (SELECT id FROM container)",
     "the id of a container"},
    {"container_metadata", "name",
     "SELECT container_id FROM container_metadata GROUP BY container_id, lower(name)"
     " HAVING count(*) > 1",
     "there once, in whatever case"},
    {"container_metadata", "value",
     "SELECT container_id FROM container_metadata GROUP BY container_id"
     " HAVING sum(length(name) + length(CAST(value AS BLOB))) > 8192",
     "so short that all names and values have at most 8 KiB"},
    {"policy", "container_id",
     "SELECT id FROM policy WHERE container_id NOT IN (SELECT id FROM container)",
     "the id of a container"},
    {"policy", "id", "SELECT container_id FROM policy GROUP BY container_id HAVING count(*) > 5",
     "one of at most 5 in a container"},
    {"blob", "container_id",
     "SELECT id FROM blob WHERE container_id NOT IN (SELECT id FROM container)",
     "the id of a container"},
    {"blob", "copy_id",
     "SELECT id FROM blob WHERE (copy_id IS NULL) <> (copy_source IS NULL)"
     " OR (copy_id IS NULL) <> (copied_ms IS NULL)",
     "NULL if copy_source and copied_ms are, and only then"},
    {"blob", "is_sealed", "SELECT id FROM blob WHERE is_sealed <> 0 AND type <> 1",
     "0 unless it is an append blob"},
    {"blob", "sequence_number", "SELECT id FROM blob WHERE sequence_number <> 0 AND type <> 2",
     "0 unless it is a page blob"},
    {"blob", "size",
     "SELECT id FROM blob WHERE type = 2 AND (size % 512 <> 0 OR size > 8796093022208)",
     "a multiple of 512 up to 8 TiB if it is a page blob"},
    {"blob", "tag_count",
     "SELECT id FROM blob"
     " WHERE tag_count <> (SELECT count(*) FROM blob_tag WHERE blob_id = blob.id)",
     "how many tags it has"},
    {"blob_tag", "blob_id",
     "SELECT blob_id FROM blob_tag WHERE blob_id NOT IN (SELECT id FROM blob)", "the id of a blob"},
    {"blob_tag", "container_id",
     "SELECT blob_id FROM blob_tag JOIN blob ON blob.id = blob_id"
     " WHERE blob_tag.container_id <> blob.container_id",
     "the id of the container that the blob is in"},
    {"blob_metadata", "blob_id",
     "SELECT blob_id FROM blob_metadata WHERE blob_id NOT IN (SELECT id FROM blob)",
     "the id of a blob"},
    {"blob_metadata", "name",
     "SELECT blob_id FROM blob_metadata GROUP BY blob_id, lower(name) HAVING count(*) > 1",
     "there once, in whatever case"},
    {"blob_metadata", "value",
     "SELECT blob_id FROM blob_metadata GROUP BY blob_id"
     " HAVING sum(length(name) + length(CAST(value AS BLOB))) > 8192",
     "so short that all names and values have at most 8 KiB"},
    {"blob", "content",
     "SELECT min(id) FROM blob GROUP BY content HAVING count(*) > 1"
     " AND (min(content_is_shared) = 0 OR min(name) <> max(name)"
     " OR min(container_id) <> max(container_id))",
     "that of no other blob, unless it is shared with one of the same name"},
    {"blob", "moment", "SELECT id FROM blob WHERE (kind = 0) <> (moment = 9223372036854775807)",
     "the highest number if it is the base blob, and only then"},
    {"blob", "immutable_until_ms",
     "SELECT id FROM blob WHERE (immutable_until_ms IS NULL) <> (immutability_mode = 0)",
     "NULL if immutability_mode is 0, and only then"},
    {"blob", "version",
     "SELECT id FROM blob WHERE (kind = 2 AND version <> moment) OR (kind IN (1, 3) AND version <> "
     "0)",
     "the moment of a former version, and 0 of a snapshot"},
    {"blob", "deleted_ms",
     "SELECT id FROM blob WHERE (kind = 0 AND deleted_ms IS NOT NULL)"
     " OR (kind = 3 AND deleted_ms IS NULL)",
     "NULL if it is the base blob"},
    {"blob", "rehydrated_ms",
     "SELECT id FROM blob WHERE (rehydrated_ms IS NULL) <> (rehydrate_tier IS NULL)",
     "NULL if rehydrate_tier is, and only then"},
    {"blob", "lease_id",
     "SELECT id FROM blob WHERE (lease_id IS NULL) <> (lease_seconds IS NULL)"
     " OR (lease_id IS NULL AND (lease_ends_ms IS NOT NULL OR lease_broken_ms IS NOT NULL))",
     "NULL if lease_seconds is, and only then"},
    {"container", "lease_id",
     "SELECT id FROM container WHERE (lease_id IS NULL) <> (lease_seconds IS NULL)"
     " OR (lease_id IS NULL AND (lease_ends_ms IS NOT NULL OR lease_broken_ms IS NOT NULL))",
     "NULL if lease_seconds is, and only then"},
    {"blob", "purged_ms", "SELECT id FROM blob WHERE (purged_ms IS NULL) <> (deleted_ms IS NULL)",
     "NULL if deleted_ms is, and only then"},
    {"committed_block", "content",
     "SELECT content FROM committed_block WHERE content NOT IN (SELECT content FROM blob)",
     "that of a blob"},
    {"committed_block", "ordinal",
     "SELECT content FROM committed_block WHERE content IN"
     " (SELECT content FROM blob WHERE type <> 2) GROUP BY content HAVING count(*) > 50000",
     "one of at most 50,000 in a blob"},
    {"committed_block", "block_id",
     "SELECT content FROM committed_block JOIN blob USING (content) GROUP BY content"
     " HAVING max(block_id) <> '' AND (min(block_id) = '' OR max(type) <> 0)",
     "empty in all blocks of the blob or, if it is a block blob, in none"},
    {"committed_block", "length",
     "SELECT content FROM committed_block JOIN blob USING (content)"
     " WHERE type = 2 AND length > 65536",
     "at most 64 KiB in a page blob"},
    {"uncommitted_block", "container_id",
     "SELECT block_id FROM uncommitted_block WHERE container_id NOT IN (SELECT id FROM container)",
     "the id of a container"},
    {"uncommitted_block", "blob_name",
     "SELECT block_id FROM uncommitted_block JOIN blob"
     " ON blob.container_id = uncommitted_block.container_id AND blob.name = blob_name"
     " WHERE type <> 0 AND kind = 0",
     "not the name of an append blob or a page blob"},
    {"last_etag", "value",
     "SELECT id FROM last_etag WHERE value < (SELECT max(etag) FROM blob)"
     " OR value < (SELECT max(content) FROM blob)"
     " OR value < (SELECT max(moment) FROM blob WHERE kind <> 0)"
     " OR value < (SELECT max(etag) FROM container)",
     "the highest ETag that was given"},
};

}  // namespace

const sqlite::RecordRules& BlobRules() {
  static const sqlite::RecordRules rules =
      {.columns =
           {
               {"container", "id", sqlite::Number()},
               {"container", "account", AccountName()},
               {"container", "name", ContainerName()},
               {"container", "etag", Etag()},
               {"container", "last_modified_ms", Instant()},
               {"container", "public_access", IntegerFrom(0, 2)},
               {"container", "lease_id", NullOr(Guid())},
               {"container", "lease_seconds", NullOr(IntegerFrom(-1, 60))},
               {"container", "lease_ends_ms", NullOr(Instant())},
               {"container", "lease_broken_ms", NullOr(Instant())},
               {"container", "encryption_scope", HeaderValue()},
               {"container", "denies_scope_override", IntegerFrom(0, 1)},
               {"container_metadata", "container_id", sqlite::Number()},
               {"container_metadata", "ordinal", IntegerFrom(0, kMaxMetadataSize)},
               {"container_metadata", "name", MetadataName()},
               {"container_metadata", "value", HeaderValue()},
               {"policy", "ordinal", sqlite::Number()},
               {"policy", "container_id", sqlite::Number()},
               {"policy", "id", Text(IsPolicyId, "1 to 64 characters, no control characters")},
               {"policy", "permissions", Text(ArePermissions, "letters out of racwdxyltfmeopi")},
               {"policy", "starts_ms", NullOr(Instant())},
               {"policy", "expires_ms", NullOr(Instant())},
               {"blob", "id", sqlite::Number()},
               {"blob", "container_id", sqlite::Number()},
               {"blob", "name", BlobName()},
               {"blob", "size", Size(kMaxOffset)},
               {"blob", "content_type", HeaderValue()},
               {"blob", "content_encoding", HeaderValue()},
               {"blob", "content_language", HeaderValue()},
               {"blob", "cache_control", HeaderValue()},
               {"blob", "content_disposition", HeaderValue()},
               {"blob", "md5", sqlite::BlobOf(0, http::kMaxHeaderLine)},
               {"blob", "etag", Etag()},
               {"blob", "created_ms", Instant()},
               {"blob", "last_modified_ms", Instant()},
               {"blob", "copy_id", NullOr(Guid())},
               {"blob", "copy_source", NullOr(HeaderValue())},
               {"blob", "copied_ms", NullOr(Instant())},
               {"blob", "moment", IntegerFrom(1, kBaseMoment)},
               {"blob", "kind", IntegerFrom(0, 3)},
               {"blob", "version", IntegerFrom(0, kHighestEtag)},
               {"blob", "content", IntegerFrom(1, kHighestEtag)},
               {"blob", "content_is_shared", IntegerFrom(0, 1)},
               {"blob", "copy_status", IntegerFrom(0, 3)},
               {"blob", "copy_progress", Size(kMaxOffset)},
               {"blob", "tier", IntegerFrom(0, 3)},
               {"blob", "tier_is_set", IntegerFrom(0, 1)},
               {"blob", "tier_changed_ms", NullOr(Instant())},
               {"blob", "rehydrate_tier", NullOr(IntegerFrom(0, 3))},
               {"blob", "rehydrated_ms", NullOr(Instant())},
               {"blob", "rehydrate_is_urgent", IntegerFrom(0, 1)},
               {"blob", "lease_id", NullOr(Guid())},
               {"blob", "lease_seconds", NullOr(IntegerFrom(-1, 60))},
               {"blob", "lease_ends_ms", NullOr(Instant())},
               {"blob", "lease_broken_ms", NullOr(Instant())},
               {"blob", "key_sha256", sqlite::BlobOf(0, 32)},
               {"blob", "encryption_scope", HeaderValue()},
               {"blob", "immutable_until_ms", NullOr(Instant())},
               {"blob", "immutability_mode", IntegerFrom(0, 2)},
               {"blob", "has_legal_hold", IntegerFrom(0, 1)},
               {"blob", "deleted_ms", NullOr(Instant())},
               {"blob", "purged_ms", NullOr(Instant())},
               {"blob", "type", IntegerFrom(0, 2)},
               {"blob", "is_sealed", IntegerFrom(0, 1)},
               {"blob", "sequence_number",
                IntegerFrom(0, std::numeric_limits<std::int64_t>::max())},
               {"blob", "tag_count", IntegerFrom(0, kMaxTags)},
               {"blob_tag", "blob_id", sqlite::Number()},
               {"blob_tag", "container_id", sqlite::Number()},
               {"blob_tag", "name", Text(IsTagName, "1 to 128 characters that tags may have")},
               {"blob_tag", "value", Text(IsTagValue, "at most 256 characters that tags may have")},
               {"blob_metadata", "blob_id", sqlite::Number()},
               {"blob_metadata", "ordinal", IntegerFrom(0, kMaxMetadataSize)},
               {"blob_metadata", "name", MetadataName()},
               {"blob_metadata", "value", HeaderValue()},
               {"committed_block", "content", IntegerFrom(1, kHighestEtag)},
               {"committed_block", "written", IntegerFrom(0, kHighestEtag)},
               {"committed_block", "start", Size(kMaxOffset)},
               {"committed_block", "ordinal", IntegerFrom(0, kMaxBlocks - 1)},
               {"committed_block", "block_id",
                Text([](std::string_view id) { return id.empty() || IsBlockId(id); },
                     "empty, or 1 to 64 bytes in base64")},
               {"committed_block", "offset", Size(kMaxOffset)},
               {"committed_block", "length", Size(kMaxExtent)},
               {"committed_block", "crc64", Checksum()},
               {"uncommitted_block", "container_id", sqlite::Number()},
               {"uncommitted_block", "blob_name", BlobName()},
               {"uncommitted_block", "block_id", Text(IsBlockId, "1 to 64 bytes in base64")},
               {"uncommitted_block", "offset", Size(kMaxOffset)},
               {"uncommitted_block", "length", IntegerFrom(1, kMaxExtent)},
               {"uncommitted_block", "crc64", Checksum()},
               {"uncommitted_block", "staged_ms", Instant()},
               {"uncommitted_block", "key_sha256", sqlite::BlobOf(0, 32)},
               {"service_property", "account", AccountName()},
               {"service_property", "name",
                Text(IsSectionName, "the name of a section of the service's properties")},
               {"service_property", "xml", Text(FitsXml, "characters that XML allows")},
               {"last_etag", "id", IntegerFrom(1, 1)},
               {"last_etag", "value", IntegerFrom(0, kHighestEtag)},
           },
       .rows = {std::begin(kBlobRows), std::end(kBlobRows)}};
  return rules;
}

}  // namespace msc::storage
