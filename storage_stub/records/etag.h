#pragma once

#include <cstdint>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/sqlite/database.h"

namespace msc::storage {

// No ETag is higher: far above those of the last year of the clock.
inline constexpr std::int64_t kHighestEtag = std::int64_t{1} << 62;

// The number of a new, unique ETag: the time of the write in the service's unit, or the last number
// plus one.
std::int64_t NextEtag(sqlite::Transaction& transaction, Time now);

// The ETag in quotes, as in a header: "0x8D2334FF6C75180".
std::string FormatEtag(std::int64_t number);

}  // namespace msc::storage
