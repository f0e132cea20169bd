#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "emulator/sqlite/database.h"
#include "emulator/sqlite/record_check.h"
#include "emulator/sqlite/sqlite_error.h"

namespace msc::sqlite {
namespace {

constexpr const char* kMain = "main";
constexpr std::size_t kVersionsAt = 18;  // In the header: format versions for writing and reading.
constexpr char kRollbackJournal = 1;     // A database in memory has no log file.

using Connection = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

// The first column of all rows, one line per row.
std::string Ask(sqlite3* database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  Expect(SQLITE_OK, sqlite3_prepare_v2(database, sql, -1, &statement, nullptr), database);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, sqlite3_finalize);
  std::string answer;
  int code = 0;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    answer += text == nullptr ? "" : text;
    answer += '\n';
  }
  Expect(SQLITE_DONE, code, statement);
  return answer;
}

// A connection that reads `image` without copying it. REQUIRES: `image` outlives it.
Connection Open(std::string_view image) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nullptr);
  Connection connection(opened, sqlite3_close);
  Expect(SQLITE_OK, code, opened);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  const auto size = static_cast<sqlite3_int64>(image.size());
  auto* const bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(image.data()));
  Expect(SQLITE_OK,
         sqlite3_deserialize(opened, kMain, bytes, size, size, SQLITE_DESERIALIZE_READONLY),
         opened);
  return connection;
}

// Throws ImageRefused if the two databases return different rows for `sql`.
void ExpectSame(sqlite3* left, sqlite3* right, const char* sql, const char* why) {
  if (Ask(left, sql) != Ask(right, sql)) throw ImageRefused(why);
}

// What is wrong with an image that SQLite found invalid: the row that breaks a rule, if it is that.
ImageRefused Invalid(sqlite3* image, const std::vector<const RecordRules*>& rules,
                     const std::string& otherwise) {
  try {
    return ImageRefused(FindBadRow(image, rules).value_or(otherwise));
  } catch (const std::exception&) {  // The tables have no rules, or cannot be read.
    return ImageRefused(otherwise);
  }
}

// Throws ImageRefused unless `image` is valid and of the kind of `database`. The tables are
// compared first, so that no check constraint of a foreign schema runs.
void Check(sqlite3* image, sqlite3* database, const std::vector<const RecordRules*>& rules) {
  ExpectSame(image, database, "PRAGMA application_id", "it belongs to another program");
  ExpectSame(image, database, "PRAGMA page_size", "its pages have another size");
  ExpectSame(image, database, "SELECT sql FROM sqlite_schema WHERE name = 'schema_version'",
             "it has other tables");
  ExpectSame(image, database, "SELECT subject || ' ' || version FROM schema_version ORDER BY 1",
             "it was made by another version of this program");
  ExpectSame(image, database,
             "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') "
             "FROM sqlite_schema ORDER BY 1",
             "it has other tables");
  // This also checks indexes, which a quick check does not.
  if (const auto verdict = Ask(image, "PRAGMA integrity_check(1)"); verdict != "ok\n") {
    throw Invalid(image, rules, "it is corrupt: " + verdict.substr(0, verdict.find('\n')));
  }
  const auto dangling = Ask(image,
                            "SELECT \"table\" || ' refers to one that is not there, of table ' "
                            "|| parent FROM pragma_foreign_key_check");
  if (!dangling.empty()) {
    throw Invalid(image, rules, "a row of table " + dangling.substr(0, dangling.find('\n')));
  }
}

Connection OpenChecked(std::string_view image, sqlite3* database,
                       const std::vector<const RecordRules*>& rules) {
  try {
    Connection connection = Open(image);
    Check(connection.get(), database, rules);
    return connection;
  } catch (const ImageRefused&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw ImageRefused(error.what());
  }
}

}  // namespace

std::string Transaction::Image() {
  database_.mutex_.AssertHeld();
  sqlite3* const connection = database_.connection_.get();
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
      sqlite3_serialize(connection, kMain, &size, 0), sqlite3_free);
  if (bytes == nullptr) throw std::runtime_error("SQLite: no memory for an image of the database");
  std::string image(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
  image.replace(kVersionsAt, 2, 2, kRollbackJournal);
  return image;
}

void Transaction::Load(std::string_view image) {
  if (open_) throw std::logic_error("an image is loaded in place of a transaction's work");
  database_.mutex_.AssertHeld();
  sqlite3* const connection = database_.connection_.get();
  const Connection source = OpenChecked(image, connection, database_.Rules());
  CheckMayWrite();
  sqlite3_backup* const backup = sqlite3_backup_init(connection, kMain, source.get(), kMain);
  if (backup == nullptr) Expect(SQLITE_OK, SQLITE_ERROR, connection);
  sqlite3_backup_step(backup, -1);  // sqlite3_backup_finish returns its error.
  try {
    Expect(SQLITE_OK, sqlite3_backup_finish(backup), connection);
  } catch (const std::runtime_error& error) {
    database_.TakeBack();
    database_.EmptyLog();
    throw std::runtime_error("cannot write the database " + database_.path_ + ": " + error.what());
  }
  Committed();
}

}  // namespace msc::sqlite
