#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// What the tables of a subject may contain, as data: a rule for each column, and rules for values
// that must fit together. Transaction::FindBadRow applies them to records that come from outside.
namespace msc::sqlite {

// A value as SQLite stores it, whatever type its column was declared with.
struct Value {
  enum class Type { kNull, kInteger, kReal, kText, kBlob };

  Type type = Type::kNull;
  std::int64_t integer = 0;     // Of an integer.
  std::string_view bytes = {};  // Of a text or a blob.
};

// What a column may hold.
struct Allowed {
  std::function<bool(const Value&)> fits;
  std::string in_words;  // "a whole number from 0 to 3"
};

struct ColumnRule {
  std::string_view table;
  std::string_view column;
  Allowed allowed;
};

// What values of several columns or rows must fulfil.
struct RowRule {
  std::string_view table;
  std::string_view column;

  // Selects the keys of the rows that are invalid. Run only if each column is valid by itself.
  const char* select_invalid;

  std::string_view in_words;  // "NULL unless the video is processing"
};

// REQUIRES: each column of each table has exactly one rule.
struct RecordRules {
  std::vector<ColumnRule> columns = {};
  std::vector<RowRule> rows = {};
};

Allowed IntegerFrom(std::int64_t least, std::int64_t most);

// Milliseconds since 1970 in the years 1 to 9999.
Allowed Instant();

// A text; also one without any byte, if `fits` accepts it.
Allowed Text(std::function<bool(std::string_view)> fits, std::string in_words);

// A blob of so many bytes.
Allowed BlobOf(std::size_t least, std::size_t most);

// The number of a row, or of an item in a list: positive, and with room for more.
Allowed Number();

Allowed NullOr(Allowed other);

}  // namespace msc::sqlite
