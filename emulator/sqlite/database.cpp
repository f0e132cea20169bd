#include "emulator/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstring>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "emulator/sqlite/commit_group.h"
#include "emulator/sqlite/record_check.h"
#include "emulator/sqlite/sqlite_error.h"
#include "emulator/sqlite/tracked_log.h"

namespace msc::sqlite {

void Expect(int expected, int code, sqlite3* database) {
  if (code == expected) return;
  std::string text = std::string("SQLite: ") + sqlite3_errmsg(database) + " (code " +
                     std::to_string(sqlite3_extended_errcode(database)) + ")";
  const int reason = sqlite3_system_errno(database);
  if (reason != 0) text += std::string(": ") + std::strerror(reason);
  const char* const file = sqlite3_db_filename(database, "main");
  if (file != nullptr && *file != '\0') text += std::string(", in ") + file;
  throw std::runtime_error(text);
}

void Expect(int expected, int code, sqlite3_stmt* statement) {
  Expect(expected, code, sqlite3_db_handle(statement));
}

namespace {

constexpr std::int64_t kApplicationId = 0x4D534345;  // "MSCE"; stands in the header of our files.

// A larger file, in bytes, is not read at the start, because that takes long: its errors are found
// when a page is read.
constexpr std::int64_t kMostChecked = 64 * 1024 * 1024;

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

// SQLite would make a file that everybody can read. Its log gets the permissions of the database.
void MakeFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
}

// A log is written to the database when it has about a thousand pages; that may need as much room
// as the log. And a transaction may write each page of the database to the log.
constexpr std::uint64_t kRoomForLog = 4 * 1024 * 1024;
constexpr std::uint64_t kCommitsPerReserve = 256;  // How often the reserve's size is adapted.

std::string ReservePath(const std::string& path) {
  return path.empty() ? path : std::filesystem::path(path).replace_filename("reserve").string();
}

std::runtime_error CannotOpen(const std::string& path, const std::exception& why) {
  return std::runtime_error("cannot open the database " + path + ": " + why.what());
}

}  // namespace

Transaction::Transaction(Database& database, Kind kind)
    : database_(database),
      kind_(kind),
      group_(CommitGroup::Of(database)),
      lock_(std::in_place, database.mutex_),
      started_(SqlTime::Start()),
      unwinding_(std::uncaught_exceptions()) {
  database_.mutex_.AssertHeld();  // lock_ holds it, here and below.
  auto* const open = database_.open_group_;
  if (open != nullptr && open != group_) open->CommitForOther();
  if (kind == Kind::kReads) return;
  Begin();
  open_ = true;
}

void Transaction::Begin() {
  database_.mutex_.AssertHeld();
  if (group_ == nullptr || database_.open_group_ == nullptr) {
    if (kind_ == Kind::kWritesFromReserve) {
      (group_ == nullptr ? reserve_use_ : group_->reserve_use_).emplace(reserve());
    }
    CheckMayWrite();
    database_.RunPrepared(kBegin);
  }
  if (group_ == nullptr) return;
  database_.open_group_ = group_;
  group_->changes_before_ = sqlite3_total_changes64(database_.connection_.get());
}

DiskReserve& Transaction::reserve() const { return *database_.reserve_; }

void Transaction::CheckMayWrite() {
  database_.mutex_.AssertHeld();
  database_.CheckThere();
  const bool uses_reserve = reserve_use_ || (group_ != nullptr && group_->reserve_use_);
  if (!uses_reserve) reserve().Require();
  database_.CheckNotInDoubt();
}

Transaction::~Transaction() {
  database_.mutex_.AssertHeld();
  if (open_) RollBack();
  if (open_ && std::uncaught_exceptions() > unwinding_) database_.EmptyLog();
  if (writes()) Count();
  SqlTime::Stop(started_);
  if (!committed_) return;
  lock_.reset();
  for (const auto& action : after_unlock_) action();
}

// Savepoints, which could take back one transaction of a group, would make all of them slower.
void Transaction::RollBack() {
  database_.mutex_.AssertHeld();
  const auto changes = sqlite3_total_changes64(database_.connection_.get());
  const bool is_error = std::uncaught_exceptions() > unwinding_;
  if (group_ != nullptr && !is_error && changes == group_->changes_before_) return;
  database_.RollBackOpen();
  if (group_ == nullptr) return;
  group_->Lose(std::make_exception_ptr(
      std::runtime_error("a change failed, and those that were made before it were taken back")));
}

Statement Transaction::Prepare(std::string_view sql) {
  database_.mutex_.AssertHeld();
  return Statement(database_.Prepared(sql));
}

std::optional<std::string> Transaction::FindBadRow() {
  database_.mutex_.AssertHeld();
  return sqlite::FindBadRow(database_.connection_.get(), database_.Rules());
}

void Transaction::Commit() {
  database_.mutex_.AssertHeld();
  if (group_ != nullptr) return CommitToGroup();
  open_ = false;  // Whatever happens.
  database_.CommitOpen();
  Committed();
}

void Transaction::Committed() {
  database_.mutex_.AssertHeld();
  database_.Acknowledge();
  committed_ = true;
  Count();
  for (const auto& action : on_commit_) action();
}

void Transaction::CommitToGroup() {
  database_.mutex_.AssertHeld();
  open_ = false;
  group_->Take(std::move(on_commit_), std::move(after_unlock_));
}

void Transaction::Count() {
  database_.mutex_.AssertHeld();
  ++database_.generation_;
}

std::uint64_t Transaction::generation() const {
  database_.mutex_.AssertHeld();
  return database_.generation_;
}

Database::Database(const std::string& path, Durability durability)
    : path_(path.empty() ? ":memory:" : path),
      durability_(durability),
      reserve_(std::make_shared<DiskReserve>(ReservePath(path))),
      connection_(nullptr, sqlite3_close) {
  const MutexLock lock(mutex_);
  try {
    Open(path);
    KeepReserve();
  } catch (const std::exception& error) {
    throw CannotOpen(path_, error);
  }
}

void Database::Open(const std::string& path) {
  if (!path.empty()) MakeFile(path);
  sqlite3* connection = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path_.c_str(), &connection, flags, TrackedLog::FileSystem());
  connection_.reset(connection);
  Expect(SQLITE_OK, code, connection);
  sqlite3_extended_result_codes(connection, 1);
  // SQLite opens a write-protected file for reading only and reports no error.
  if (sqlite3_db_readonly(connection, "main") != 0) {
    throw std::runtime_error("it is write-protected");
  }
  // No other process uses the file: so it is not locked and unlocked for each transaction, and the
  // index of the log is in memory. Before anything is read, because reading makes the index.
  Execute("PRAGMA locking_mode = EXCLUSIVE");
  Execute("PRAGMA mmap_size = 0");
  if (!path.empty() && Size() <= kMostChecked) Check();
  const bool is_new = IsNew();
  Configure();
  if (is_new) Claim();
  AskInt("PRAGMA schema_version");  // The log of a new file is made when it is read.
  if (!path.empty()) log_.emplace(path);
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
}

std::int64_t Database::Size() { return AskInt("PRAGMA page_count") * AskInt("PRAGMA page_size"); }

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

// Whether nobody has written to the file yet. Rejects files of other programs. A process that was
// killed before Claim leaves a file with a header and no table.
bool Database::IsNew() {
  const auto owner = AskInt("PRAGMA application_id");
  if (owner == kApplicationId) return false;
  if (owner == 0 && AskInt("SELECT count(*) FROM sqlite_schema") == 0) return true;
  throw std::runtime_error("it belongs to another program");
}

// Marks a new file as ours.
void Database::Claim() {
  Execute("BEGIN IMMEDIATE");
  Execute(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
  Execute(kCreateVersions);
  Execute("COMMIT");
}

void Database::Configure() {
  // Written data survives the end of the process in any case; FULL also syncs the log at each
  // commit.
  Execute(durability_ == Durability::kFull ? "PRAGMA synchronous = FULL"
                                           : "PRAGMA synchronous = OFF");
  Execute("PRAGMA journal_mode = WAL");
  Execute("PRAGMA foreign_keys = ON");
  Execute("PRAGMA cache_size = -65536");  // KiB; allocated as needed.
  // Bytes to which a log is cut back.
  Execute(("PRAGMA journal_size_limit = " + std::to_string(LogFile::kKept)).c_str());
}

const RecordRules Database::kNoRules;

void Database::Migrate(std::string_view subject, Migrations migrations, const RecordRules& rules) {
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
  schemas_[std::string(subject)] = {migrations, &rules};
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
  for (const auto& [subject, schema] : schemas_) {
    database->Migrate(subject, schema.migrations, *schema.rules);
  }
  return database;
}

std::vector<const RecordRules*> Database::Rules() const {
  std::vector<const RecordRules*> rules;
  for (const auto& [subject, schema] : schemas_) rules.push_back(schema.rules);
  return rules;
}

// Writes to a file that was deleted or renamed would be lost with the process.
void Database::CheckThere() {
  int has_moved = 0;
  sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  if (has_moved != 0) {
    throw std::runtime_error("the database " + path_ + " was removed or replaced by somebody else");
  }
  if (log_) log_->Check();
}

// A commit that fails is taken back before the caller frees what it has written.
void Database::CommitOpen() {
  try {
    RunPrepared(kCommit);
  } catch (...) {
    RollBackOpen();
    EmptyLog();
    throw;
  }
}

void Database::RollBackOpen() noexcept {
  // A failed COMMIT or a full disk may have rolled back already.
  if (sqlite3_get_autocommit(connection_.get()) == 0) {
    sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  TakeBack();
}

void Database::EmptyLog() {
  TrackedLog::Empty(connection_.get());
  if (log_) log_->MayBeShorter();
}

// What a failed transaction wrote to the log is made invalid, so that no process takes it as
// committed. As long as that fails, it is not known what the next process would find.
void Database::TakeBack() noexcept {
  TrackedLog* const log = TrackedLog::Of(connection_.get());
  const bool was_in_doubt = in_doubt_;
  in_doubt_ = log != nullptr && !log->TakeBack(durability_ == Durability::kFull);
  if (in_doubt_ != was_in_doubt && on_doubt_) on_doubt_(in_doubt_);
}

void Database::CheckNotInDoubt() {
  if (!in_doubt_) return;
  TakeBack();
  if (!in_doubt_) return;
  throw std::runtime_error("the database " + path_ +
                           " takes no writes, because a commit failed and cannot be taken back in "
                           "its log: " +
                           TrackedLog::Of(connection_.get())->reason());
}

void Database::Acknowledge() {
  if (auto* const log = TrackedLog::Of(connection_.get())) log->Acknowledge();
  if (++commits_ % kCommitsPerReserve == 0) KeepReserve();
}

void Database::KeepReserve() {
  std::error_code unknown;
  const auto size = std::filesystem::file_size(path_, unknown);
  reserve_->Keep((unknown ? 0 : size) + kRoomForLog);
}

void Database::Execute(const char* sql) {
  Expect(SQLITE_OK, sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr),
         connection_.get());
}

void Database::RunPrepared(std::string_view sql) { Statement(Prepared(sql)).Run(); }

std::int64_t Database::AskInt(const char* sql) {
  sqlite3_stmt* question = nullptr;
  Expect(SQLITE_OK, sqlite3_prepare_v2(connection_.get(), sql, -1, &question, nullptr),
         connection_.get());
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(question, sqlite3_finalize);
  Expect(SQLITE_ROW, sqlite3_step(question), question);
  return sqlite3_column_int64(question, 0);
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
