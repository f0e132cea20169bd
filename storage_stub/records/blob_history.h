#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/region_allocator.h"
#include "storage_stub/model/kept_history.h"
#include "storage_stub/protocol/metadata.h"
#include "storage_stub/records/blob_rows.h"

// The snapshots and former versions of a blob, and what was deleted of it. The functions run in the
// caller's transaction.
namespace msc::storage {

// What becomes of a blob's snapshots when it is deleted.
enum class SnapshotDeletion {
  kNone,     // They forbid it.
  kInclude,  // They are deleted, too.
  kOnly,     // They alone are.
};

struct TakenSnapshot {
  BlobRecord record;
  std::int64_t version = 0;  // Of the blob from now on; 0: none.
};

// Takes a snapshot of the blob, which shares its blocks, however many they are. `metadata`: of the
// snapshot; nullopt: that of the blob.
TakenSnapshot InsertSnapshot(sqlite::Transaction& transaction, const BlobRow& base,
                             const std::optional<Metadata>& metadata, const KeptHistory& kept,
                             Time now);

// Whether a change of the blob makes it a former version.
bool BecomesVersion(const BlobRow& base, const KeptHistory& kept);

// Before a write that replaces all of the blob: keeps it as a former version or as a deleted
// snapshot, if something is to be kept. True: it is the base no more, and there is none.
bool KeepReplaced(sqlite::Transaction& transaction, const BlobRow& base, const KeptHistory& kept,
                  Time now);

// Makes the blob a former version and `record` the base, with the same blocks.
void InsertNextVersion(sqlite::Transaction& transaction, const BlobRow& base,
                       const BlobRecord& record, std::int64_t etag);

// Before a new blob of that name is made: what was deleted of it becomes its snapshots.
// kInvalidBlobType if it has versions of another type.
Status PrepareName(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                   BlobType type, const KeptHistory& kept);

struct DeletedRows {
  std::vector<Extent> gone = {};  // The references that they had.
  bool is_permanent = true;       // Nothing of it can come back.
};

// Deletes a blob or, if `row` is one, a snapshot or a version. kSnapshotsPresent;
// kInvalidHeaderValue if a snapshot is to be deleted with others.
Result<DeletedRows> DeleteWithHistory(sqlite::Transaction& transaction, const BlobRow& row,
                                      SnapshotDeletion snapshots, const KeptHistory& kept,
                                      Time now);

// Restores what was deleted under a name and is not gone for good. kBlobNotFound if there is
// neither a blob nor something to restore.
Status Undelete(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                Time now);

// Deletes what is gone for good at `now`, and returns the references that it had.
std::vector<Extent> DeletePurged(sqlite::Transaction& transaction, Time now);

}  // namespace msc::storage
