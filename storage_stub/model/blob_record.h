#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/crypto.h"
#include "storage_stub/model/blob_moment.h"
#include "storage_stub/model/blob_type.h"
#include "storage_stub/model/immutability.h"
#include "storage_stub/model/lease.h"
#include "storage_stub/model/tier.h"
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

// How a copy ended, if it did. The numbers are stored.
enum class CopyStatus { kSuccess = 0, kPending = 1, kAborted = 2, kFailed = 3 };

// Where a blob was copied from, and when.
struct CopyRecord {
  std::string id;
  std::string source;  // URL.
  Time completed;      // Of a pending copy: when it will be complete.
  CopyStatus status = CopyStatus::kSuccess;
  std::uint64_t total = 0;  // Bytes of the source, unless the copy was complete at once.

  // A pending copy becomes one that has succeeded as time goes by.
  CopyStatus StatusAt(Time now) const {
    return status == CopyStatus::kPending && now >= completed ? CopyStatus::kSuccess : status;
  }
};

// Which key of the client, or which scope of the account, a blob is encrypted with. Empty: the
// account's own key.
struct Encryption {
  Bytes key_sha256 = {};  // Raw, 32 bytes.
  std::string scope = {};

  friend bool operator==(const Encryption&, const Encryption&) = default;
};

// When a blob was soft-deleted, and when it is gone for good.
struct Deletion {
  Time at;
  Time purged;

  friend bool operator==(const Deletion&, const Deletion&) = default;
};

// A stored blob, or a snapshot or a former version of one.
struct BlobRecord {
  BlobProperties properties;
  Metadata metadata = {};
  std::uint64_t size = 0;  // Bytes.
  std::string etag;        // With its quotes.
  Time created;
  Time last_modified;
  std::optional<CopyRecord> copy = {};
  TierState tier = {};
  BlobType type = BlobType::kBlock;
  bool is_sealed = false;             // An append blob that takes no more blocks.
  std::uint64_t appended_blocks = 0;  // How many an append blob has.
  std::uint64_t sequence_number = 0;  // Of a page blob.

  BlobMoment moment = {};
  std::int64_t version = 0;  // Its number as a version; 0: it is none.

  std::optional<Lease> lease = {};
  Encryption encryption = {};
  Immutability immutability = {};
  std::optional<Deletion> deletion = {};

  Tags tags = {};

  // Refers to the tags.
  ResourceState state() const { return {etag, last_modified, &tags}; }
};

}  // namespace msc::storage
