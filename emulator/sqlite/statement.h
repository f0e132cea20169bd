#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"

struct sqlite3_stmt;

namespace msc::sqlite {

// One execution of a prepared statement. Made only by a Transaction, which must outlive it. Every
// call throws std::runtime_error if the database fails (full disk, corrupt file).
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Names are written as in the SQL, with their colon. Views are copied.
  Statement& Bind(const char* name, std::int64_t value);
  Statement& Bind(const char* name, std::string_view text);
  Statement& Bind(const char* name, const char* text) { return Bind(name, std::string_view(text)); }
  Statement& Bind(const char* name, const std::string& text) {
    return Bind(name, std::string_view(text));
  }
  Statement& Bind(const char* name, const std::optional<std::string>& text);
  Statement& Bind(const char* name, const std::optional<std::int64_t>& value);
  Statement& Bind(const char* name, Time time);  // As milliseconds since 1970.
  Statement& Bind(const char* name, const std::optional<Time>& time);
  Statement& BindBlob(const char* name, std::string_view bytes);

  // Moves to the next row; false after the last one.
  bool Step();

  // Runs a statement without rows.
  void Run();

  // Runs an INSERT of one row and returns its rowid: RETURNING makes SQLite open a table of its
  // own.
  std::int64_t RunInsert();

  // Executes a statement without rows. If a UNIQUE, PRIMARY KEY or FOREIGN KEY constraint forbids
  // it, returns false and changes nothing.
  bool RunUnlessConstraint();

  // Columns of the current row, counted from 0; a blob is read with Text. A time is clamped to the
  // years 1 to 9999, so that calculating with it cannot overflow.
  std::int64_t Int(int column) const;
  std::string Text(int column) const;
  Time TimeAt(int column) const;
  std::optional<std::int64_t> OptionalInt(int column) const;
  std::optional<Time> OptionalTime(int column) const;
  std::optional<std::string> OptionalText(int column) const;

 private:
  int Index(const char* name);

  sqlite3_stmt* statement_;
  int last_index_ = 0;  // Of the parameter that was bound last.
};

}  // namespace msc::sqlite
