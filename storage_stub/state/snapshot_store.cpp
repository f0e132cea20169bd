#include "storage_stub/state/snapshot_store.h"

#include <stdexcept>
#include <vector>

#include "storage_stub/records/block_rows.h"

namespace msc::storage {

std::shared_ptr<const BlobSnapshot> SnapshotStore::Take(sqlite::Transaction& transaction) const {
  // Pinned before the transaction ends, so that the bytes cannot be freed in between.
  Pin bytes(file_, SelectAllExtents(transaction));
  std::string records = transaction.Image();
  if (auto spooled = Spooled(records)) {
    return std::make_shared<const BlobSnapshot>(std::move(spooled), std::move(bytes));
  }
  return std::make_shared<const BlobSnapshot>(std::move(records), std::move(bytes));
}

// In the file, so that memory does not grow with the snapshots. Null if the disk has no room.
std::unique_ptr<ExtentWriter> SnapshotStore::Spooled(std::string_view records) const {
  try {
    auto writer = std::make_unique<ExtentWriter>(file_, records.size());
    writer->Append(records);
    return writer;
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

std::shared_ptr<const BlobSnapshot> SnapshotStore::TakeEmpty(std::string records) const {
  return std::make_shared<const BlobSnapshot>(std::move(records), Pin(file_, {}));
}

void SnapshotStore::Restore(sqlite::Transaction& transaction, const BlobSnapshot& snapshot) {
  if (&snapshot.file() != file_.get()) {
    throw std::logic_error("a snapshot belongs to the service that took it");
  }
  // Both states keep their bytes until the new one is committed.
  Pin taken(file_, snapshot.extents());
  transaction.AfterUnlock([file = file_, gone = SelectAllExtents(transaction)] {
    file->ReleaseReferences(gone);
    file->FreeCached();  // The space must be free after a reset.
  });
  transaction.Load(snapshot.Records());
  taken.Dismiss();
}

}  // namespace msc::storage
