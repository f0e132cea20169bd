#pragma once

#include <cstddef>

#include "emulator/sqlite/record_rules.h"

namespace msc::keys {

// Bytes.
inline constexpr std::size_t kContentKeySize = 16;
inline constexpr std::size_t kSigningKeySize = 64;

// What the tables of keys may contain.
const sqlite::RecordRules& KeyRules();

}  // namespace msc::keys
