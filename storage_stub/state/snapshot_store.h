#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/state/blob_snapshot.h"

namespace msc::storage {

// Takes and restores snapshots of the whole database, including tables of other subjects, and of
// the bytes of blobs. Reads and writes of blobs at the same time see the old or the new state.
// Thread-safe.
class SnapshotStore {
 public:
  explicit SnapshotStore(std::shared_ptr<ExtentFile> file) : file_(std::move(file)) {}

  // Takes as long as the records are many; the bytes do not count.
  std::shared_ptr<const BlobSnapshot> Take(sqlite::Transaction& transaction) const;

  // A snapshot with `records`, the bytes of a database file whose records refer to no blob bytes.
  std::shared_ptr<const BlobSnapshot> TakeEmpty(std::string records) const;

  // Replaces the whole state by the snapshot. The errors of sqlite::Transaction::Load. After that,
  // bytes that are not needed any more are freed. REQUIRES: a snapshot over the same file; a
  // transaction that reads.
  void Restore(sqlite::Transaction& transaction, const BlobSnapshot& snapshot);

 private:
  std::unique_ptr<ExtentWriter> Spooled(std::string_view records) const;

  const std::shared_ptr<ExtentFile> file_;
};

}  // namespace msc::storage
