#pragma once

#include <cstdint>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/account.h"

namespace msc::storage {

// The largest extent and the largest offset that are accepted, in bytes.
inline constexpr std::uint64_t kMaxExtent = std::uint64_t{1} << 44;
inline constexpr std::uint64_t kMaxOffset = std::uint64_t{1} << 60;

// Whether imported records are valid as far as the code relies on it: blobs are as long as their
// blocks, ids are base64, rules can be read, and the accounts are among `accounts`. kImportInvalid
// with the reason. REQUIRES: the records were loaded, so their tables are ours.
Status CheckRecords(sqlite::Database& records, const std::vector<Account>& accounts);

}  // namespace msc::storage
