#include "emulator/sqlite/record_check.h"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "emulator/base/quoted.h"
#include "emulator/sqlite/sqlite_error.h"

namespace msc::sqlite {
namespace {

using Prepared = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;
using RulesByColumn = std::map<std::pair<std::string, std::string>, const Allowed*>;

constexpr const char* kSelectTables =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_version' "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

// A column of a table, in the order of `SELECT *`.
struct Column {
  std::string name;
  bool is_key = false;
  const Allowed* allowed = nullptr;
};

Prepared Prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  Expect(SQLITE_OK, sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), database);
  return {statement, sqlite3_finalize};
}

bool Step(const Prepared& statement) {
  const int code = sqlite3_step(statement.get());
  if (code == SQLITE_ROW) return true;
  Expect(SQLITE_DONE, code, statement.get());
  return false;
}

Value ValueAt(const Prepared& row, int column) {
  const auto bytes = [&] {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(row.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row.get(), column));
    return data == nullptr ? std::string_view() : std::string_view(data, size);
  };
  switch (sqlite3_column_type(row.get(), column)) {
    case SQLITE_INTEGER:
      return {Value::Type::kInteger, sqlite3_column_int64(row.get(), column)};
    case SQLITE_FLOAT:
      return {Value::Type::kReal};
    case SQLITE_TEXT:
      return {Value::Type::kText, 0, bytes()};
    case SQLITE_BLOB:
      return {Value::Type::kBlob, 0, bytes()};
    default:
      return {};
  }
}

std::string InWords(const Value& value) {
  switch (value.type) {
    case Value::Type::kNull:
      return "NULL";
    case Value::Type::kInteger:
      return std::to_string(value.integer);
    case Value::Type::kReal:
      return "a floating-point number";
    case Value::Type::kText:
      return Quoted(value.bytes);
    case Value::Type::kBlob:
      return "a blob of " + std::to_string(value.bytes.size()) + " bytes";
  }
  throw std::logic_error("Value::Type out of range");
}

RulesByColumn ByColumn(const std::vector<const RecordRules*>& all) {
  RulesByColumn by_column;
  for (const auto* rules : all) {
    for (const auto& rule : rules->columns) {
      by_column[{std::string(rule.table), std::string(rule.column)}] = &rule.allowed;
    }
  }
  return by_column;
}

std::vector<std::string> TablesOf(sqlite3* database) {
  std::vector<std::string> tables;
  const auto select = Prepare(database, kSelectTables);
  while (Step(select)) tables.emplace_back(ValueAt(select, 0).bytes);
  return tables;
}

// Takes the rules of the table's columns out of `rules`.
std::vector<Column> ColumnsOf(sqlite3* database, const std::string& table, RulesByColumn& rules) {
  std::vector<Column> columns;
  const auto info = Prepare(database, "PRAGMA table_info(\"" + table + "\")");
  while (Step(info)) {
    Column column{.name = std::string(ValueAt(info, 1).bytes),
                  .is_key = ValueAt(info, 5).integer > 0};
    const auto rule = rules.extract({table, column.name});
    if (rule.empty()) throw std::logic_error("no rule for the column " + table + '.' + column.name);
    column.allowed = rule.mapped();
    columns.push_back(std::move(column));
  }
  return columns;
}

std::string Message(std::string_view table, std::string_view key, std::string_view column) {
  std::string text = "table ";
  return text.append(table).append(", key ").append(key).append(", column ").append(column) + ": ";
}

std::string KeyOf(const Prepared& row, const std::vector<Column>& columns) {
  std::string key;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i].is_key) continue;
    if (!key.empty()) key += ' ';
    key += columns[i].name + '=' + InWords(ValueAt(row, static_cast<int>(i)));
  }
  return key;
}

std::optional<std::string> FindBadValue(sqlite3* database, const std::string& table,
                                        const std::vector<Column>& columns) {
  const auto row = Prepare(database, "SELECT * FROM \"" + table + '"');
  while (Step(row)) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Value value = ValueAt(row, static_cast<int>(i));
      if (columns[i].allowed->fits(value)) continue;
      return Message(table, KeyOf(row, columns), columns[i].name) + InWords(value) +
             " is not allowed; it must be " + columns[i].allowed->in_words;
    }
  }
  return std::nullopt;
}

std::optional<std::string> FindBadTogether(sqlite3* database, const RowRule& rule) {
  const auto row = Prepare(database, rule.select_invalid);
  if (!Step(row)) return std::nullopt;
  return Message(rule.table, InWords(ValueAt(row, 0)), rule.column) +
         "its value does not fit the others; it must be " + std::string(rule.in_words);
}

}  // namespace

std::optional<std::string> FindBadRow(sqlite3* database,
                                      const std::vector<const RecordRules*>& all) {
  auto by_column = ByColumn(all);
  for (const auto& table : TablesOf(database)) {
    const auto columns = ColumnsOf(database, table, by_column);
    if (auto bad = FindBadValue(database, table, columns)) return bad;
  }
  if (!by_column.empty()) {
    const auto& [table, column] = by_column.begin()->first;
    throw std::logic_error("a rule for " + table + '.' + column + ", which is not there");
  }
  for (const auto* rules : all) {
    for (const auto& rule : rules->rows) {
      if (auto bad = FindBadTogether(database, rule)) return bad;
    }
  }
  return std::nullopt;
}

}  // namespace msc::sqlite
