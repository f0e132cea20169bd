#pragma once

#include <msc/durability.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "emulator/base/disk_reserve.h"
#include "emulator/base/mutex.h"
#include "emulator/sqlite/log_file.h"
#include "emulator/sqlite/record_rules.h"
#include "emulator/sqlite/sql_time.h"
#include "emulator/sqlite/statement.h"

struct sqlite3;

namespace msc::sqlite {

class CommitGroup;
class Database;

// Why an image was not loaded: it is not a valid database, or not of the expected kind.
class ImageRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Sole access to a Database for as long as this object lives. Without Commit, all changes are
// rolled back.
class Transaction {
 public:
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // REQUIRES: `sql` is a constant that outlives the database; it is compiled once.
  Statement Prepare(std::string_view sql);

  bool writes() const { return kind_ != Kind::kReads; }

  // If the disk is full, the transaction uses the room that is kept for deleting.
  void UseReserve() { reserve_use_.emplace(reserve()); }

  // Differs from that of every transaction before the last write.
  std::uint64_t generation() const;

  // Makes the changes durable. Not needed after reading.
  void Commit();

  // Runs `action` directly after the commit, under the lock: no other thread sees the changes
  // without the effect of `action`. It must not throw or begin a transaction.
  void OnCommit(std::function<void()> action) { on_commit_.push_back(std::move(action)); }

  // Runs `action` after the commit when the lock is free, before this object is destroyed. It must
  // not throw.
  void AfterUnlock(std::function<void()> action) { after_unlock_.push_back(std::move(action)); }

  // The whole database as the bytes of a database file; the same bytes whether it is in a file or
  // in memory. Needs as much memory as the bytes.
  std::string Image();

  // The first row that breaks a rule of its subject, in words with its table, key and column;
  // nullopt: all rows are valid. Throws std::logic_error if a column has no rule.
  std::optional<std::string> FindBadRow();

  // Replaces the whole database by `image`, in one commit: at any instant it is the old one or the
  // new one. If it throws, nothing has changed: ImageRefused if `image` is corrupt or is not a
  // database with the same tables in the same versions; std::runtime_error, with the file's name,
  // if it cannot be written; the errors of Database::Write. REQUIRES: a transaction that reads,
  // without a running statement.
  void Load(std::string_view image);

 private:
  friend class Database;
  enum class Kind { kReads, kWrites, kWritesFromReserve };
  Transaction(Database& database, Kind kind);
  DiskReserve& reserve() const;
  void Begin();
  void CheckMayWrite();
  void RollBack();
  void CommitToGroup();
  void Committed();
  void Count();

  Database& database_;
  const Kind kind_;
  CommitGroup* group_;                           // Of this thread; null: none.
  std::optional<DiskReserve::Use> reserve_use_;  // Until the work after the commit is done.
  std::optional<MutexLock> lock_;
  const SqlTime::Instant started_;
  bool open_ = false;
  bool committed_ = false;
  int unwinding_;  // Exceptions under way when it began.
  std::vector<std::function<void()>> on_commit_;
  std::vector<std::function<void()>> after_unlock_;
};

// One SQLite database with one connection, shared by all subjects that keep tables in it.
// Thread-safe: one transaction at a time.
class Database {
 public:
  // Opens or creates the file at `path`, which only this user can read, or a database in memory if
  // `path` is empty. Throws std::runtime_error, and does not change the file, if it is corrupt
  // (files up to 64 MiB are checked), not a database, belongs to another program, or cannot be
  // written.
  explicit Database(const std::string& path, Durability durability = Durability::kProcess);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Brings the tables of `subject` to the newest of its `migrations` (the first one makes version
  // 1). Throws std::runtime_error, and changes nothing, if the tables have a newer version or a
  // migration fails. `rules`: what the tables may contain, for FindBadRow. To be called for each
  // subject before other threads use the database. REQUIRES: the migrations and the rules outlive
  // the database; no two subjects have a table with the same name.
  void Migrate(std::string_view subject, std::span<const std::string_view> migrations,
               const RecordRules& rules = kNoRules);

  // A database in memory with the same tables, which contain only what the migrations insert.
  // REQUIRES: the caller has no transaction of this database.
  std::unique_ptr<Database> NewInMemory() const MSC_EXCLUDES(mutex_);

  // For SELECTs.
  Transaction Read() { return {*this, Transaction::Kind::kReads}; }

  // For everything else; ends with Commit(). Throws std::runtime_error if the file was removed, if
  // the disk is full, or while a commit that failed cannot be taken back: then what is in the file
  // is in doubt.
  Transaction Write() { return {*this, Transaction::Kind::kWrites}; }

  // The same on a full disk, too: for what deletes, and for small changes of rows that are there.
  Transaction WriteFromReserve() { return {*this, Transaction::Kind::kWritesFromReserve}; }

  // The room that is kept for deleting. What is written beside the database must leave it.
  const std::shared_ptr<DiskReserve>& reserve() const { return reserve_; }

  // Calls `listener` each time that it becomes doubtful (true) or known (false) what is in the
  // file. While it is doubtful, the records may come to refer to what a failed transaction wrote.
  // Called under the lock; it must not throw. To be called before other threads use the database.
  void OnDoubt(std::function<void(bool in_doubt)> listener) { on_doubt_ = std::move(listener); }

  // What SQLite finds when it reads every page, index and reference: one line for each problem.
  std::vector<std::string> FindDamage();

  // Each in its own transaction.
  std::string Image() { return Read().Image(); }
  void Load(std::string_view image) { Read().Load(image); }

 private:
  friend class CommitGroup;
  friend class Transaction;

  using Migrations = std::span<const std::string_view>;

  static const RecordRules kNoRules;

  struct Schema {
    Migrations migrations;
    const RecordRules* rules;
  };

  std::vector<const RecordRules*> Rules() const;

  void Open(const std::string& path) MSC_REQUIRES(mutex_);
  void Configure() MSC_REQUIRES(mutex_);
  std::int64_t Size() MSC_REQUIRES(mutex_);  // Bytes.
  void Check() MSC_REQUIRES(mutex_);
  bool IsNew() MSC_REQUIRES(mutex_);
  void Claim() MSC_REQUIRES(mutex_);
  std::size_t VersionOf(std::string_view subject) MSC_EXCLUDES(mutex_);
  void MigrateFrom(std::size_t version, std::string_view subject, Migrations migrations)
      MSC_EXCLUDES(mutex_);
  void CheckThere() MSC_REQUIRES(mutex_);
  void CommitOpen() MSC_REQUIRES(mutex_);
  void RollBackOpen() noexcept MSC_REQUIRES(mutex_);
  void EmptyLog() MSC_REQUIRES(mutex_);
  void TakeBack() noexcept MSC_REQUIRES(mutex_);
  void CheckNotInDoubt() MSC_REQUIRES(mutex_);
  void Acknowledge() MSC_REQUIRES(mutex_);
  void KeepReserve();
  void Execute(const char* sql) MSC_REQUIRES(mutex_);
  void RunPrepared(std::string_view sql) MSC_REQUIRES(mutex_);
  std::int64_t AskInt(const char* sql) MSC_REQUIRES(mutex_);
  sqlite3_stmt* Prepared(std::string_view sql) MSC_REQUIRES(mutex_);

  const std::string path_;
  const Durability durability_;
  const std::shared_ptr<DiskReserve> reserve_;
  std::function<void(bool in_doubt)> on_doubt_;
  Mutex mutex_;
  std::optional<LogFile> log_ MSC_GUARDED_BY(mutex_);  // Absent in memory.
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> connection_ MSC_GUARDED_BY(mutex_);
  std::uint64_t generation_ MSC_GUARDED_BY(mutex_) = 0;  // Counts writes.
  std::uint64_t commits_ MSC_GUARDED_BY(mutex_) = 0;
  bool in_doubt_ MSC_GUARDED_BY(mutex_) = false;
  CommitGroup* open_group_ MSC_GUARDED_BY(mutex_) = nullptr;  // Has changes that are not committed.
  // By subject. Not guarded: it is complete before other threads use the database.
  std::map<std::string, Schema, std::less<>> schemas_;
  // By the address of the SQL text.
  std::unordered_map<const char*, sqlite3_stmt*> statements_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::sqlite
