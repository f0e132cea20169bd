#include "storage_stub/records/blob_history.h"

#include <utility>

#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/records/content.h"
#include "storage_stub/records/etag.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectAnySnapshot = R"sql(
  SELECT 1 FROM blob
  WHERE container_id = :container_id AND name = :name AND kind = 1 AND deleted_ms IS NULL LIMIT 1
)sql";

bool HasSnapshots(sqlite::Transaction& transaction, const BlobRow& base) {
  return transaction.Prepare(kSelectAnySnapshot)
      .Bind(":container_id", base.container)
      .Bind(":name", base.name)
      .Step();
}

void Drop(sqlite::Transaction& transaction, const BlobRow& row, std::vector<Extent>& gone) {
  const auto extents = DropContent(transaction, row);
  gone.insert(gone.end(), extents.begin(), extents.end());
  DeleteBlob(transaction, row.id);
}

}  // namespace

// Source: "Snapshot Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/snapshot-blob
BlobRecord InsertSnapshot(sqlite::Transaction& transaction, const BlobRow& base,
                          const std::optional<Metadata>& metadata, Time now) {
  BlobRecord snapshot = base.record;
  snapshot.moment = {BlobKind::kSnapshot, NextEtag(transaction, now)};
  snapshot.version = 0;
  snapshot.lease = {};
  snapshot.immutability = {};
  std::int64_t etag = base.etag;
  if (metadata) {
    etag = snapshot.moment.number;
    snapshot.metadata = *metadata;
    snapshot.last_modified = now;
    snapshot.etag = FormatEtag(etag);
  }
  const auto id = InsertBlob(transaction, base.container, base.name, snapshot, etag, base.content);
  MarkShared(transaction, id);
  MarkShared(transaction, base.id);
  return snapshot;
}

// Source: "Delete Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/delete-blob
Result<std::vector<Extent>> DeleteWithHistory(sqlite::Transaction& transaction, const BlobRow& row,
                                              SnapshotDeletion snapshots) {
  std::vector<Extent> gone;
  if (row.record.moment != BlobMoment{}) {
    if (snapshots != SnapshotDeletion::kNone) {
      return Error{StorageError::kInvalidHeaderValue, "a snapshot has no snapshots"};
    }
    Drop(transaction, row, gone);
    return gone;
  }
  if (snapshots == SnapshotDeletion::kNone && HasSnapshots(transaction, row)) {
    return Error{StorageError::kSnapshotsPresent, "the blob has snapshots"};
  }
  while (snapshots != SnapshotDeletion::kNone) {
    const auto snapshot = FirstSnapshot(transaction, row.container, row.name);
    if (!snapshot) break;
    Drop(transaction, *snapshot, gone);
  }
  if (snapshots != SnapshotDeletion::kOnly) Drop(transaction, row, gone);
  return gone;
}

}  // namespace msc::storage
