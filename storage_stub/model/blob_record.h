#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "storage_stub/model/blob_type.h"
#include "storage_stub/protocol/conditions.h"
#include "storage_stub/protocol/metadata.h"

namespace msc::storage {

// The content properties of a blob, as the client sent them; empty: absent.
struct BlobProperties {
  std::string content_type = {};
  std::string content_encoding = {};
  std::string content_language = {};
  std::string cache_control = {};
  std::string content_disposition = {};
  Bytes md5 = {};  // Raw, 16 bytes.

  friend bool operator==(const BlobProperties&, const BlobProperties&) = default;
};

// Where a blob was copied from, and when.
struct CopyRecord {
  std::string id;
  std::string source;  // URL.
  Time completed;
};

// A stored blob.
struct BlobRecord {
  BlobProperties properties;
  Metadata metadata = {};
  std::uint64_t size = 0;  // Bytes.
  std::string etag;        // With its quotes.
  Time created;
  Time last_modified;
  std::optional<CopyRecord> copy = {};
  bool tier_is_set = false;  // A client has set the tier.
  BlobType type = BlobType::kBlock;
  bool is_sealed = false;             // An append blob that takes no more blocks.
  std::uint64_t appended_blocks = 0;  // How many an append blob has.
  std::uint64_t sequence_number = 0;  // Of a page blob.

  Tags tags = {};

  // Refers to the tags.
  ResourceState state() const { return {etag, last_modified, &tags}; }
};

}  // namespace msc::storage
