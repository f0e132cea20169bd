#pragma once

#include <cstdint>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/account.h"

namespace msc::storage {

// Bytes of the largest file on a common file system: no extent is longer or begins behind that.
inline constexpr std::uint64_t kMaxExtent = std::uint64_t{1} << 44;
inline constexpr std::uint64_t kMaxOffset = std::uint64_t{1} << 60;

// Whether records that come from outside say what ours could say, so far as we rely on it: blobs
// are as long as their blocks, ids are base64, rules can be read, and the accounts are among
// `accounts`. kImportInvalid, with what is wrong. REQUIRES: loaded, so that the tables are ours.
Status CheckRecords(sqlite::Database& records, const std::vector<Account>& accounts);

}  // namespace msc::storage
