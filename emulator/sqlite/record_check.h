#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/sqlite/record_rules.h"

struct sqlite3;

namespace msc::sqlite {

// The first row that breaks one of the rules, with its table, key and column, and what it must be;
// nullopt if all rows are valid. Throws std::logic_error if a column has no rule, or a rule no
// column, and std::runtime_error if the database is corrupt.
std::optional<std::string> FindBadRow(sqlite3* database,
                                      const std::vector<const RecordRules*>& rules);

}  // namespace msc::sqlite
