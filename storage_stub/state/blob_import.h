#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/extents/extent_writer.h"
#include "storage_stub/model/account.h"
#include "storage_stub/state/blob_snapshot.h"

namespace msc::storage {

// Takes in the records and the bytes of another service's snapshot. What was taken in is given back
// unless Finish hands it out. Refuses with kImportInvalid. Not thread-safe.
class BlobImport {
 public:
  BlobImport(std::shared_ptr<ExtentFile> file, const std::vector<Account>& accounts);

  // Where the bytes go that the records will call `named`: exactly as many are to be appended, and
  // the writer to be closed. Refuses what cannot be, or was there before.
  Result<ExtentWriter*> Add(const Extent& named);

  // The snapshot, for which `records` are changed to say where the bytes are now. Refuses records
  // that are unsound, of accounts that are not served here, or that name bytes which were not
  // added. REQUIRES: called once; `records` has the same tables as the service's database.
  Result<std::shared_ptr<const BlobSnapshot>> Finish(sqlite::Database& records);

 private:
  struct Received {
    std::uint64_t length;
    std::unique_ptr<ExtentWriter> writer;
  };

  Status RelocateExtents(sqlite::Database& records) const;
  void HandOver();

  const std::shared_ptr<ExtentFile> file_;
  const std::vector<Account>& accounts_;
  std::map<std::uint64_t, Received> received_;  // By the offset that the records know.
};

}  // namespace msc::storage
