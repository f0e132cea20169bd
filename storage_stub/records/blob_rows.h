#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/sqlite/database.h"
#include "storage_stub/model/blob_record.h"

// The rows of blobs and their metadata. The functions run in the caller's transaction.
namespace msc::storage {

struct BlobRow {
  std::int64_t id;
  std::int64_t container;
  std::string name;
  std::int64_t content;    // The number of its blocks.
  bool content_is_shared;  // Others of its name may have the same blocks.
  std::int64_t etag;       // The number of its ETag.
  BlobRecord record;
};

// Which rows of a name a list has, besides the base blob.
struct HistoryFilter {
  bool snapshots = false;
  bool versions = false;
  bool deleted = false;  // Also those of them that are soft-deleted, and such blobs.
  Time now = {};

  bool is_any() const { return snapshots || versions || deleted; }
};

// A version can also be the base blob itself.
std::optional<BlobRow> SelectBlob(sqlite::Transaction& transaction, std::int64_t container,
                                  std::string_view name, const BlobMoment& moment = {});

// The first base blob whose name is not less than `from`.
std::optional<BlobRow> NextBlob(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from);

// The same for a list with a history: the first row that is not before `moment` of that name.
// Former rows of a name come before its base blob, the oldest first.
std::optional<BlobRow> NextBlob(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from, std::int64_t moment,
                                const HistoryFilter& filter);

// The oldest snapshot of a blob.
std::optional<BlobRow> FirstSnapshot(sqlite::Transaction& transaction, std::int64_t container,
                                     std::string_view name);

// The lease of the base blob; nullopt: it has none, or there is no blob.
std::optional<Lease> SelectLease(sqlite::Transaction& transaction, std::int64_t container,
                                 std::string_view name);

// One that is gone for good at `now`.
std::optional<BlobRow> FirstPurged(sqlite::Transaction& transaction, Time now);

// Returns the id of the new row. The ETag and the lease in `record` are ignored. `content`: the
// number of its blocks. REQUIRES: there is none with that name and moment.
std::int64_t InsertBlob(sqlite::Transaction& transaction, std::int64_t container,
                        std::string_view name, const BlobRecord& record, std::int64_t etag,
                        std::int64_t content);

// Replaces the values of `row` by those of `record`; the name and the moment stay.
void UpdateBlob(sqlite::Transaction& transaction, const BlobRow& row, const BlobRecord& record,
                std::int64_t etag);

// Stores the size, the time and the lease in the record of `row`, whose bytes were changed, and its
// content.
void UpdateSize(sqlite::Transaction& transaction, const BlobRow& row, std::int64_t etag);

// Records that others of its name may have the same blocks.
void MarkShared(sqlite::Transaction& transaction, std::int64_t id);

// Records that an append blob takes no more blocks. The ETag does not change.
void MarkSealed(sqlite::Transaction& transaction, std::int64_t id);

// The ETag does not change.
void UpdateTier(sqlite::Transaction& transaction, std::int64_t id, const TierState& tier);
void UpdateImmutability(sqlite::Transaction& transaction, std::int64_t id,
                        const Immutability& immutability);

// Also deletes its metadata and its tags, but not its blocks.
void DeleteBlob(sqlite::Transaction& transaction, std::int64_t id);

}  // namespace msc::storage
