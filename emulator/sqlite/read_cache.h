#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "emulator/sqlite/database.h"

namespace msc::sqlite {

// What was read from a database, for as long as nothing is written to it: polls and downloads read
// the same rows again and again. Holds a limited number. Guarded by the database's own lock, which
// every transaction has. REQUIRES: used with transactions of one database.
template <typename Value>
class ReadCache {
 public:
  static constexpr std::size_t kMost = 1000;

  // What `read()` gives for `key`, which must depend on nothing but `key` and the database. Asked
  // inside a transaction that writes, it is always read.
  template <typename Read>
  Value Get(const Transaction& transaction, std::string_view key, const Read& read) {
    if (transaction.writes()) return read();
    if (generation_ != transaction.generation() || values_.size() >= kMost) values_.clear();
    generation_ = transaction.generation();
    const auto known = values_.find(key);
    if (known != values_.end()) return known->second;
    return values_.emplace(std::string(key), read()).first->second;
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, Value, Hash, std::equal_to<>> values_;
};

}  // namespace msc::sqlite
