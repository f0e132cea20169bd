#include "emulator/sqlite/tables_check.h"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "emulator/base/encoding.h"

namespace msc::sqlite {
namespace {

constexpr const char* kCountSubjectTables =
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_version'";

std::uint64_t SizeOf(const std::string& path) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(path, missing);
  return missing ? 0 : size;
}

// Also if that cannot be read.
bool HasTables(sqlite3* connection) {
  sqlite3_stmt* count = nullptr;
  if (sqlite3_prepare_v2(connection, kCountSubjectTables, -1, &count, nullptr) != SQLITE_OK) {
    return true;
  }
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(count, sqlite3_finalize);
  return sqlite3_step(count) != SQLITE_ROW || sqlite3_column_int64(count, 0) > 0;
}

// `flags`: of sqlite3_open_v2.
bool HasTables(const std::string& name, int flags) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> connection(opened, sqlite3_close);
  if (code != SQLITE_OK) return true;
  // Without these, closing would move the log into the file and delete it, and reading would make
  // an index of the log.
  sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_exec(opened, "PRAGMA locking_mode = EXCLUSIVE", nullptr, nullptr, nullptr);
  return HasTables(opened);
}

// What is only in the log is not seen.
bool FileHasTables(const std::string& path) {
  return HasTables("file:" + PercentEncode(path) + "?immutable=1",
                   SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

}  // namespace

void RequireTables(const std::string& path) {
  const std::string log = path + "-wal";
  const bool is_empty = SizeOf(path) == 0;
  if (!is_empty && FileHasTables(path)) return;
  // Only then, because SQLite would make a log that is missing, and delete that of an empty file.
  if (!is_empty && SizeOf(log) > 0 && HasTables(path, SQLITE_OPEN_READWRITE)) return;
  const std::string lost = is_empty ? "it is empty"
                                    : "its log " + std::filesystem::path(log).filename().string() +
                                          " is missing or damaged, so that the records are gone";
  throw std::runtime_error("cannot open the database " + path + ": " + lost +
                           ", though the folder was in use; restore it, or choose another folder "
                           "(nothing was changed)");
}

}  // namespace msc::sqlite
