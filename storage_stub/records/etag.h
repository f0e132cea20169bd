#pragma once

#include <cstdint>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/sqlite/database.h"

namespace msc::storage {

// The number of an ETag that nothing else has: the time of the write as the service counts it, or
// the number after the last one.
std::int64_t NextEtag(sqlite::Transaction& transaction, Time now);

// "0x8D2334FF6C75180" in quotes, as it stands in a header.
std::string FormatEtag(std::int64_t number);

}  // namespace msc::storage
