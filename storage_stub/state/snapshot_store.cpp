#include "storage_stub/state/snapshot_store.h"

#include <stdexcept>

#include "migrations.h"
#include "storage_stub/records/block_rows.h"

namespace msc::storage {

std::shared_ptr<const BlobSnapshot> SnapshotStore::Take() const {
  auto transaction = database_.Read();
  // Pinned before the transaction ends: nobody can free them in between.
  Pin bytes(file_, SelectAllExtents(transaction));
  return std::make_shared<const BlobSnapshot>(transaction.Image(), std::move(bytes));
}

void SnapshotStore::Restore(const BlobSnapshot& snapshot) {
  if (&snapshot.file() != file_.get()) {
    throw std::logic_error("a snapshot belongs to the service that took it");
  }
  Replace(snapshot.records(), snapshot.extents());
}

void SnapshotStore::Clear() { Replace(sqlite::Database("", kMigrations).Image(), {}); }

void SnapshotStore::Replace(std::string_view records, const std::vector<Extent>& extents) {
  Pin taken(file_, extents);
  std::vector<Extent> gone;
  {
    auto transaction = database_.Read();
    gone = SelectAllExtents(transaction);
    transaction.Load(records);
    taken.Dismiss();
    forget_();
  }
  file_->ReleaseReferences(gone);
  file_->FreeCached();  // Whoever resets wants the space now.
}

}  // namespace msc::storage
