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

// Imports the records and the bytes of another service's snapshot. The bytes are freed unless
// Finish returns them. Errors are kImportInvalid. Not thread-safe.
class BlobImport {
 public:
  BlobImport(std::shared_ptr<ExtentFile> file, const std::vector<Account>& accounts);

  // The writer for the bytes that the records refer to as `named`. The caller must append exactly
  // that many bytes and close it. Rejects an extent that is invalid or was added before.
  Result<ExtentWriter*> Add(const Extent& named);

  // The snapshot. `records` is changed to refer to the new extents. Rejects records that are
  // invalid, of unknown accounts, or refer to bytes that were not added. REQUIRES: called once;
  // `records` has the same tables as the service's database.
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
  std::map<std::uint64_t, Received> received_;  // By the offset in the imported records.
};

}  // namespace msc::storage
