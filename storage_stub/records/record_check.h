#pragma once

#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/account.h"

namespace msc::storage {

// Whether the operations of all subjects could have written the imported records: each row follows
// the rules of its table, blobs are as long as their blocks, and the accounts are among `accounts`.
// kImportInvalid with table, key and column. REQUIRES: the records were loaded, so their tables are
// ours.
Status CheckRecords(sqlite::Database& records, const std::vector<Account>& accounts);

}  // namespace msc::storage
