#pragma once

#include <cstdint>

#include "emulator/sqlite/record_rules.h"

namespace msc::storage {

// The largest extent and the largest offset that are accepted, in bytes.
inline constexpr std::uint64_t kMaxExtent = std::uint64_t{1} << 44;
inline constexpr std::uint64_t kMaxOffset = std::uint64_t{1} << 60;

// What the tables of containers and blobs may contain: what the operations on them would write.
// Which accounts are served, and whether blobs are as long as their blocks, is in CheckRecords.
const sqlite::RecordRules& BlobRules();

}  // namespace msc::storage
