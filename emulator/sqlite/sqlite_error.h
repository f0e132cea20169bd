#pragma once

struct sqlite3;
struct sqlite3_stmt;

namespace msc::sqlite {

// Throws std::runtime_error with SQLite's own text unless `code` is `expected`.
void Expect(int expected, int code, sqlite3* database);
void Expect(int expected, int code, sqlite3_stmt* statement);

}  // namespace msc::sqlite
