#pragma once

#include <memory>
#include <string>
#include <utility>

#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/state/blob_snapshot.h"

namespace msc::storage {

// The whole database of a blob service, whoever else has tables in it, and the bytes of blobs with
// it. Who reads or writes a blob meanwhile does so as it was or as it is then. Thread-safe.
class SnapshotStore {
 public:
  explicit SnapshotStore(std::shared_ptr<ExtentFile> file) : file_(std::move(file)) {}

  // In a time that goes with the records, not with the bytes.
  std::shared_ptr<const BlobSnapshot> Take(sqlite::Transaction& transaction) const;

  // A snapshot of `records`, the bytes of a database file that names no bytes of blobs.
  std::shared_ptr<const BlobSnapshot> TakeEmpty(std::string records) const;

  // Puts the snapshot in the place of everything; errors are those of sqlite::Transaction::Load.
  // What is not needed any more is given back behind that. REQUIRES: a snapshot over the same file;
  // a transaction that reads.
  void Restore(sqlite::Transaction& transaction, const BlobSnapshot& snapshot);

 private:
  const std::shared_ptr<ExtentFile> file_;
};

}  // namespace msc::storage
