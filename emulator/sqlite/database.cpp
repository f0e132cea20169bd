#include "emulator/sqlite/database.h"

#include <sqlite3.h>

#include <cstring>
#include <exception>
#include <stdexcept>
#include <utility>

#include "emulator/sqlite/sqlite_error.h"

namespace msc::sqlite {

void Expect(int expected, int code, sqlite3* database) {
  if (code == expected) return;
  std::string text = std::string("SQLite: ") + sqlite3_errmsg(database) + " (code " +
                     std::to_string(sqlite3_extended_errcode(database)) + ")";
  const int reason = sqlite3_system_errno(database);
  if (reason != 0) text += std::string(": ") + std::strerror(reason);
  throw std::runtime_error(text);
}

void Expect(int expected, int code, sqlite3_stmt* statement) {
  Expect(expected, code, sqlite3_db_handle(statement));
}

namespace {

constexpr std::int64_t kApplicationId = 0x4D534345;  // "MSCE"; stands in the header of our files.

constexpr const char* kCreateVersions =
    "CREATE TABLE schema_version (subject TEXT PRIMARY KEY, version INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID";

constexpr std::string_view kBegin = "BEGIN IMMEDIATE";
constexpr std::string_view kCommit = "COMMIT";

constexpr std::string_view kSelectVersion = R"sql(
  SELECT version FROM schema_version WHERE subject = :subject
)sql";

constexpr std::string_view kReplaceVersion = R"sql(
  REPLACE INTO schema_version (subject, version) VALUES (:subject, :version)
)sql";

std::runtime_error CannotOpen(const std::string& path, const std::exception& why) {
  return std::runtime_error("cannot open the database " + path + ": " + why.what());
}

}  // namespace

Transaction::Transaction(Database& database, bool writes)
    : database_(database),
      lock_(std::in_place, database.mutex_),
      writes_(writes),
      unwinding_(std::uncaught_exceptions()) {
  database_.mutex_.AssertHeld();  // lock_ holds it, here and below.
  if (!writes) return;
  database_.CheckThere();
  database_.RunPrepared(kBegin);
  open_ = true;
}

Transaction::~Transaction() {
  if (open_) RollBack();
  if (writes_) Count();
  if (!committed_) return;
  lock_.reset();
  for (const auto& action : after_unlock_) action();
}

void Transaction::RollBack() {
  database_.mutex_.AssertHeld();
  sqlite3* const connection = database_.connection_.get();
  // A failed COMMIT or a full disk may have rolled back already.
  if (sqlite3_get_autocommit(connection) == 0) {
    sqlite3_exec(connection, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  // If the disk was full because of the log, this frees its space for the next write.
  if (std::uncaught_exceptions() > unwinding_) {
    sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }
}

Statement Transaction::Prepare(std::string_view sql) {
  database_.mutex_.AssertHeld();
  return Statement(database_.Prepared(sql));
}

void Transaction::Commit() {
  database_.mutex_.AssertHeld();
  database_.RunPrepared(kCommit);
  open_ = false;
  Committed();
}

void Transaction::Count() {
  database_.mutex_.AssertHeld();
  ++database_.generation_;
}

std::uint64_t Transaction::generation() const {
  database_.mutex_.AssertHeld();
  return database_.generation_;
}

void Transaction::Committed() {
  committed_ = true;
  Count();
  for (const auto& action : on_commit_) action();
}

Database::Database(const std::string& path, Durability durability)
    : path_(path.empty() ? ":memory:" : path), connection_(nullptr, sqlite3_close) {
  sqlite3* connection = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path_.c_str(), &connection, flags, nullptr);
  connection_.reset(connection);
  try {
    Expect(SQLITE_OK, code, connection);
    sqlite3_extended_result_codes(connection, 1);
    // SQLite opens a write-protected file for reading only and reports no error.
    if (sqlite3_db_readonly(connection, "main") != 0) {
      throw std::runtime_error("it is write-protected");
    }
    if (!path.empty()) Check();
    Claim();
    Configure(durability);
  } catch (const std::exception& error) {
    throw CannotOpen(path_, error);
  }
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
}

void Database::Check() {
  sqlite3_stmt* check = nullptr;
  Expect(SQLITE_OK,
         sqlite3_prepare_v2(connection_.get(), "PRAGMA quick_check(1)", -1, &check, nullptr),
         connection_.get());
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(check, sqlite3_finalize);
  Expect(SQLITE_ROW, sqlite3_step(check), check);
  const std::string verdict = reinterpret_cast<const char*>(sqlite3_column_text(check, 0));
  if (verdict != "ok") throw std::runtime_error("it is corrupt: " + verdict);
}

// Marks a new file as ours, and rejects files of other programs.
void Database::Claim() {
  if (Pragma("PRAGMA page_count") == 0) {
    Execute("BEGIN IMMEDIATE");
    Execute(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
    Execute(kCreateVersions);
    Execute("COMMIT");
  } else if (Pragma("PRAGMA application_id") != kApplicationId) {
    throw std::runtime_error("it belongs to another program");
  }
}

void Database::Configure(Durability durability) {
  // No other process uses the file: so it is not locked and unlocked for each transaction, and the
  // index of the log is in memory.
  Execute("PRAGMA locking_mode = EXCLUSIVE");
  Execute("PRAGMA journal_mode = WAL");
  // Written data survives the end of the process in any case; FULL also syncs the log at each
  // commit.
  Execute(durability == Durability::kFull ? "PRAGMA synchronous = FULL"
                                          : "PRAGMA synchronous = OFF");
  Execute("PRAGMA foreign_keys = ON");
  Execute("PRAGMA cache_size = -65536");            // KiB; allocated as needed.
  Execute("PRAGMA journal_size_limit = 16777216");  // Bytes to which a log is cut back.
}

void Database::Migrate(std::string_view subject, Migrations migrations) {
  try {
    const std::size_t version = VersionOf(subject);
    if (version > migrations.size()) {
      throw std::runtime_error(
          "it was made by a newer version of this program; use that one, or choose another folder");
    }
    if (version < migrations.size()) MigrateFrom(version, subject, migrations);
  } catch (const std::exception& error) {
    throw CannotOpen(path_, error);
  }
  schemas_[std::string(subject)] = migrations;
}

void Database::MigrateFrom(std::size_t version, std::string_view subject, Migrations migrations) {
  auto transaction = Write();
  mutex_.AssertHeld();  // The transaction holds it.
  for (const auto migration : migrations.subspan(version)) Execute(std::string(migration).c_str());
  transaction.Prepare(kReplaceVersion)
      .Bind(":subject", subject)
      .Bind(":version", static_cast<std::int64_t>(migrations.size()))
      .Run();
  transaction.Commit();
}

std::size_t Database::VersionOf(std::string_view subject) {
  auto transaction = Read();
  auto select = transaction.Prepare(kSelectVersion);
  select.Bind(":subject", subject);
  return select.Step() ? static_cast<std::size_t>(select.Int(0)) : 0;
}

std::unique_ptr<Database> Database::NewInMemory() const {
  auto database = std::make_unique<Database>("");
  for (const auto& [subject, migrations] : schemas_) database->Migrate(subject, migrations);
  return database;
}

// Writes to a file that was deleted or renamed would be lost with the process.
void Database::CheckThere() const {
  int has_moved = 0;
  sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  if (has_moved != 0) throw std::runtime_error("the database " + path_ + " was removed");
}

void Database::Execute(const char* sql) {
  Expect(SQLITE_OK, sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr),
         connection_.get());
}

void Database::RunPrepared(std::string_view sql) { Statement(Prepared(sql)).Run(); }

std::int64_t Database::Pragma(const char* sql) {
  sqlite3_stmt* pragma = nullptr;
  Expect(SQLITE_OK, sqlite3_prepare_v2(connection_.get(), sql, -1, &pragma, nullptr),
         connection_.get());
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(pragma, sqlite3_finalize);
  Expect(SQLITE_ROW, sqlite3_step(pragma), pragma);
  return sqlite3_column_int64(pragma, 0);
}

sqlite3_stmt* Database::Prepared(std::string_view sql) {
  sqlite3_stmt*& statement = statements_[sql.data()];
  if (statement == nullptr) {
    Expect(SQLITE_OK,
           sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                              SQLITE_PREPARE_PERSISTENT, &statement, nullptr),
           connection_.get());
  }
  return statement;
}

}  // namespace msc::sqlite
