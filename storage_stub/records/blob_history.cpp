#include "storage_stub/records/blob_history.h"

#include <string>
#include <utility>

#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/records/content.h"
#include "storage_stub/records/etag.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/history_rows.h"

namespace msc::storage {
namespace {

void Drop(sqlite::Transaction& transaction, const BlobRow& row, std::vector<Extent>& gone) {
  const auto extents = DropContent(transaction, row);
  gone.insert(gone.end(), extents.begin(), extents.end());
  DeleteBlob(transaction, row.id);
}

void BecomeVersion(sqlite::Transaction& transaction, const BlobRow& base) {
  // One from the time without versions is named by its last change.
  const std::int64_t version = base.record.version != 0 ? base.record.version : base.etag;
  MoveToHistory(transaction, base.id, {BlobKind::kVersion, version}, std::nullopt);
}

std::optional<Deletion> DeletionAt(const KeptHistory& kept, Time now) {
  if (!kept.deleted) return std::nullopt;
  return Deletion{.at = now, .purged = now + *kept.deleted};
}

// A snapshot or a former version.
void DeleteFormer(sqlite::Transaction& transaction, const BlobRow& row,
                  const std::optional<Deletion>& deletion, DeletedRows& deleted) {
  if (deletion) {
    MoveToHistory(transaction, row.id, row.record.moment, deletion);
    deleted.is_permanent = false;
  } else {
    Drop(transaction, row, deleted.gone);
  }
}

void DeleteBase(sqlite::Transaction& transaction, const BlobRow& row, const KeptHistory& kept,
                Time now, DeletedRows& deleted) {
  const auto deletion = DeletionAt(kept, now);
  if (BecomesVersion(row, kept)) {
    BecomeVersion(transaction, row);
  } else if (deletion) {
    MoveToHistory(transaction, row.id, {BlobKind::kDeletedBase, NextEtag(transaction, now)},
                  deletion);
  } else {
    Drop(transaction, row, deleted.gone);
    return;
  }
  deleted.is_permanent = false;
}

}  // namespace

// Source: "Snapshot Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/snapshot-blob
TakenSnapshot InsertSnapshot(sqlite::Transaction& transaction, const BlobRow& base,
                             const std::optional<Metadata>& metadata, const KeptHistory& kept,
                             Time now) {
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
  if (!kept.versions) return {.record = std::move(snapshot)};
  BlobRecord next = base.record;
  next.version = NextEtag(transaction, now);
  InsertNextVersion(transaction, base, next, base.etag);
  return {.record = std::move(snapshot), .version = next.version};
}

bool BecomesVersion(const BlobRow& base, const KeptHistory& kept) {
  return kept.versions || base.record.version != 0;
}

bool KeepReplaced(sqlite::Transaction& transaction, const BlobRow& base, const KeptHistory& kept,
                  Time now) {
  const auto deletion = DeletionAt(kept, now);
  if (BecomesVersion(base, kept)) {
    BecomeVersion(transaction, base);
    return true;
  }
  if (!deletion) return false;
  MoveToHistory(transaction, base.id, {BlobKind::kSnapshot, NextEtag(transaction, now)}, deletion);
  return true;
}

void InsertNextVersion(sqlite::Transaction& transaction, const BlobRow& base,
                       const BlobRecord& record, std::int64_t etag) {
  BecomeVersion(transaction, base);
  const auto id = InsertBlob(transaction, base.container, base.name, record, etag, base.content);
  MarkShared(transaction, id);
  MarkShared(transaction, base.id);
}

Status PrepareName(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                   BlobType type, const KeptHistory& kept) {
  if (kept.deleted) MakeSnapshotsOfDeleted(transaction, container, name);
  if (!kept.versions) return Done{};
  const auto former = TypeOfVersions(transaction, container, name);
  if (!former || *former == type) return Done{};
  return Error{StorageError::kInvalidBlobType, "it has versions of another type"};
}

// Source: "Delete Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/delete-blob
Result<DeletedRows> DeleteWithHistory(sqlite::Transaction& transaction, const BlobRow& row,
                                      SnapshotDeletion snapshots, const KeptHistory& kept,
                                      Time now) {
  const auto deletion = DeletionAt(kept, now);
  DeletedRows deleted;
  if (row.record.moment != BlobMoment{}) {
    if (snapshots != SnapshotDeletion::kNone) {
      return Error{StorageError::kInvalidHeaderValue, "a snapshot has no snapshots"};
    }
    DeleteFormer(transaction, row, deletion, deleted);
    return deleted;
  }
  if (snapshots == SnapshotDeletion::kNone && HasSnapshots(transaction, row.container, row.name)) {
    return Error{StorageError::kSnapshotsPresent, "the blob has snapshots"};
  }
  while (snapshots != SnapshotDeletion::kNone) {
    const auto snapshot = FirstSnapshot(transaction, row.container, row.name);
    if (!snapshot) break;
    DeleteFormer(transaction, *snapshot, deletion, deleted);
  }
  if (snapshots != SnapshotDeletion::kOnly) DeleteBase(transaction, row, kept, now, deleted);
  return deleted;
}

// Source: "Undelete Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/undelete-blob
Status Undelete(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                Time now) {
  const bool has_base = SelectBlob(transaction, container, name).has_value();
  if (!has_base && !HasDeleted(transaction, container, name, now)) {
    return BlobMissing(std::string(name));
  }
  if (!has_base) RestoreBase(transaction, container, name, now);
  RestoreOthers(transaction, container, name, now);
  return Done{};
}

std::vector<Extent> DeletePurged(sqlite::Transaction& transaction, Time now) {
  std::vector<Extent> gone;
  while (const auto row = FirstPurged(transaction, now)) Drop(transaction, *row, gone);
  return gone;
}

}  // namespace msc::storage
