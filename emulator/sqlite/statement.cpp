#include "emulator/sqlite/statement.h"

#include <sqlite3.h>

#include <chrono>
#include <cstring>
#include <stdexcept>

#include "emulator/base/time_range.h"
#include "emulator/sqlite/sqlite_error.h"

namespace msc::sqlite {

Statement::~Statement() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

// Parameters are mostly bound in their order, and to look for a name is as much work as to bind it.
int Statement::Index(const char* name) {
  const char* const next = sqlite3_bind_parameter_name(statement_, last_index_ + 1);
  if (next != nullptr && std::strcmp(next, name) == 0) return ++last_index_;
  last_index_ = sqlite3_bind_parameter_index(statement_, name);
  if (last_index_ > 0) return last_index_;
  throw std::logic_error(std::string("no parameter ") + name + " in the statement");
}

Statement& Statement::Bind(const char* name, std::int64_t value) {
  Expect(SQLITE_OK, sqlite3_bind_int64(statement_, Index(name), value), statement_);
  return *this;
}

Statement& Statement::Bind(const char* name, std::string_view text) {
  Expect(SQLITE_OK,
         sqlite3_bind_text64(statement_, Index(name), text.empty() ? "" : text.data(), text.size(),
                             text.empty() ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8),
         statement_);
  return *this;
}

Statement& Statement::Bind(const char* name, const std::optional<std::string>& text) {
  return text ? Bind(name, std::string_view(*text)) : *this;  // Unbound is NULL.
}

Statement& Statement::Bind(const char* name, const std::optional<std::int64_t>& value) {
  return value ? Bind(name, *value) : *this;
}

Statement& Statement::Bind(const char* name, Time time) {
  return Bind(name, std::int64_t{time.time_since_epoch().count()});
}

Statement& Statement::Bind(const char* name, const std::optional<Time>& time) {
  return time ? Bind(name, *time) : *this;
}

Statement& Statement::BindBlob(const char* name, std::string_view bytes) {
  Expect(SQLITE_OK,
         sqlite3_bind_blob64(statement_, Index(name), bytes.data() == nullptr ? "" : bytes.data(),
                             bytes.size(), SQLITE_TRANSIENT),
         statement_);
  return *this;
}

bool Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  Expect(SQLITE_DONE, code, statement_);
  return false;
}

void Statement::Run() { Expect(SQLITE_DONE, sqlite3_step(statement_), statement_); }

std::int64_t Statement::RunInsert() {
  Run();
  return sqlite3_last_insert_rowid(sqlite3_db_handle(statement_));
}

bool Statement::RunUnlessConstraint() {
  const int code = sqlite3_step(statement_);
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return false;
    default:
      Expect(SQLITE_DONE, code, statement_);
  }
  return true;
}

std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::Text(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

Time Statement::TimeAt(int column) const {
  return Clamped(Time(std::chrono::milliseconds(Int(column))));
}

std::optional<Time> Statement::OptionalTime(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return TimeAt(column);
}

std::optional<std::int64_t> Statement::OptionalInt(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return Int(column);
}

std::optional<std::string> Statement::OptionalText(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return Text(column);
}

}  // namespace msc::sqlite
