#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/region_allocator.h"
#include "storage_stub/protocol/metadata.h"
#include "storage_stub/records/blob_rows.h"

// The snapshots of a blob. The functions run in the caller's transaction.
namespace msc::storage {

// What becomes of a blob's snapshots when it is deleted.
enum class SnapshotDeletion {
  kNone,     // They forbid it.
  kInclude,  // They are deleted, too.
  kOnly,     // They alone are.
};

// Takes a snapshot of the blob, which shares its blocks, however many they are. `metadata`: of the
// snapshot; nullopt: that of the blob. Returns the record of the snapshot.
BlobRecord InsertSnapshot(sqlite::Transaction& transaction, const BlobRow& base,
                          const std::optional<Metadata>& metadata, Time now);

// Deletes a blob or, if `row` is one, a snapshot, and returns the references that it had.
// kSnapshotsPresent; kInvalidHeaderValue if a snapshot is to be deleted with others.
Result<std::vector<Extent>> DeleteWithHistory(sqlite::Transaction& transaction, const BlobRow& row,
                                              SnapshotDeletion snapshots);

}  // namespace msc::storage
