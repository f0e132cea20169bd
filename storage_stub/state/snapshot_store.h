#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/state/blob_snapshot.h"

namespace msc::storage {

// All records of a blob service as one, and their bytes with them. Who reads or writes a blob
// meanwhile does so as it was or as it is then. Thread-safe.
class SnapshotStore {
 public:
  // `forget` is called under the lock of `database` each time that the records were replaced: what
  // was remembered of the old ones may not be used from then on. REQUIRES: `database` outlives the
  // store.
  SnapshotStore(sqlite::Database& database, std::shared_ptr<ExtentFile> file,
                std::function<void()> forget)
      : database_(database), file_(std::move(file)), forget_(std::move(forget)) {}

  // In a time that goes with the records, not with the bytes.
  std::shared_ptr<const BlobSnapshot> Take() const;

  // Likewise. Throws sqlite::ImageRefused, and changes nothing, where its records are none of ours.
  // REQUIRES: a snapshot over the same file.
  void Restore(const BlobSnapshot& snapshot);

  // Deletes everything, and gives the bytes back that no snapshot shares.
  void Clear();

 private:
  void Replace(std::string_view records, const std::vector<Extent>& extents);

  sqlite::Database& database_;
  const std::shared_ptr<ExtentFile> file_;
  const std::function<void()> forget_;
};

}  // namespace msc::storage
