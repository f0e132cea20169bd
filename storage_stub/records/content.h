#pragma once

#include <memory>
#include <vector>

#include "emulator/sqlite/database.h"
#include "storage_stub/extents/extent_file.h"
#include "storage_stub/records/blob_rows.h"

// The blocks of a blob, which it may share with its snapshots and former versions. The functions
// run in the caller's transaction.
namespace msc::storage {

// Whether another record of the blob's name has the same blocks.
bool SharesContent(sqlite::Transaction& transaction, const BlobRow& row);

// Deletes the blocks of `row`, unless others share them, and returns the references that they had.
std::vector<Extent> DropContent(sqlite::Transaction& transaction, const BlobRow& row);

// Before the blocks of `row` are changed: if it shares them, gives it copies under the number
// `content`, which is new. The row must be stored then. The result has the copies' references;
// after the commit it is to be dismissed.
Pin OwnContent(sqlite::Transaction& transaction, std::shared_ptr<ExtentFile> file, BlobRow& row,
               std::int64_t content);

}  // namespace msc::storage
