#pragma once

struct sqlite3;
struct sqlite3_stmt;

namespace msc::sqlite {

// Throws std::runtime_error with SQLite's own words unless `code` is the `expected` one.
void Expect(int expected, int code, sqlite3* database);
void Expect(int expected, int code, sqlite3_stmt* statement);

}  // namespace msc::sqlite
