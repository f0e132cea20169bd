#pragma once

#include <cstdint>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/account.h"
#include "storage_stub/model/resource_name.h"

namespace msc::storage {

// A blob whose blocks do not follow each other without a gap up to its size, or whose pages overlap
// or go beyond it.
struct TornBlob {
  std::int64_t id;
  ResourceName name;
};

std::vector<TornBlob> FindTornBlobs(sqlite::Transaction& transaction);

// What neither the rules of the tables nor FindTornBlobs check: that the accounts are among
// `accounts`, and the sections of the services' properties. kImportInvalid with table, key and
// column.
Status CheckRest(sqlite::Transaction& transaction, const std::vector<Account>& accounts);

// All of it: whether the operations of all subjects could have written the imported records: each
// row follows the rules of its table, blobs are as long as their blocks, and the accounts are among
// `accounts`. kImportInvalid with table, key and column. REQUIRES: the records were loaded, so
// their tables are ours.
Status CheckRecords(sqlite::Database& records, const std::vector<Account>& accounts);

}  // namespace msc::storage
