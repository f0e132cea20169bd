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

#include "emulator/base/mutex.h"
#include "emulator/sqlite/statement.h"

struct sqlite3;

namespace msc::sqlite {

class Database;

// Why an image was not loaded: it is no sound database of the kind that was asked for.
class ImageRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Sole access to a Database for as long as this object lives. Takes everything back unless
// committed.
class Transaction {
 public:
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // REQUIRES: `sql` is a constant that outlives the database; it is compiled once.
  Statement Prepare(std::string_view sql);

  bool writes() const { return writes_; }

  // Differs from that of every transaction before the last write.
  std::uint64_t generation() const;

  // Makes what was written durable. A read needs none.
  void Commit();

  // Runs `action` right behind the commit, still under the lock: nobody sees what was written
  // without what it does. It must not throw, nor begin a transaction.
  void OnCommit(std::function<void()> action) { on_commit_.push_back(std::move(action)); }

  // Runs `action` behind the commit once the lock is free, before this object is gone. It must not
  // throw.
  void AfterUnlock(std::function<void()> action) { after_unlock_.push_back(std::move(action)); }

  // All that the database holds, as the bytes of a database file; the same whether it is kept in a
  // file or in memory. Takes as much memory as they are many.
  std::string Image();

  // Makes the database exactly what `image` is, and commits that: it is the old one or the new one,
  // whatever happens meanwhile. Throws and changes nothing: ImageRefused if that is not a database
  // with the same tables in the same versions, or is corrupt; std::runtime_error, with the file's
  // name, if it cannot be written.
  // REQUIRES: a transaction that reads, with no statement under way.
  void Load(std::string_view image);

 private:
  friend class Database;
  Transaction(Database& database, bool writes);
  void RollBack();
  void Committed();
  void Count();

  Database& database_;
  std::optional<MutexLock> lock_;
  const bool writes_;
  bool open_ = false;
  bool committed_ = false;
  int unwinding_;  // Exceptions under way when it began.
  std::vector<std::function<void()>> on_commit_;
  std::vector<std::function<void()>> after_unlock_;
};

// One SQLite database and one connection to it, shared by all subjects that keep tables in it.
// Thread-safe: transactions take turns.
class Database {
 public:
  // Opens or makes the file at `path`, or a database in memory if `path` is empty. Throws
  // std::runtime_error, and leaves the file as it is, if it is corrupt, no database, another
  // program's, or cannot be written.
  explicit Database(const std::string& path, Durability durability = Durability::kProcess);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Brings the tables of `subject` to the newest of its `migrations` (the first makes version 1).
  // Throws std::runtime_error, and changes nothing, if they were made by a newer version or a
  // migration fails. To be called for each subject before other threads use the database.
  // REQUIRES: the migrations outlive the database; no two subjects have a table of the same name.
  void Migrate(std::string_view subject, std::span<const std::string_view> migrations);

  // A database in memory with the same tables, and in them what migrations put there. REQUIRES: the
  // caller has no transaction of this database.
  std::unique_ptr<Database> NewInMemory() const MSC_EXCLUDES(mutex_);

  // For SELECTs.
  Transaction Read() { return {*this, false}; }

  // For everything else; ends with Commit().
  Transaction Write() { return {*this, true}; }

  // In a transaction of their own.
  std::string Image() { return Read().Image(); }
  void Load(std::string_view image) { Read().Load(image); }

 private:
  friend class Transaction;

  using Migrations = std::span<const std::string_view>;

  void Configure(Durability durability) MSC_REQUIRES(mutex_);
  void Check() MSC_REQUIRES(mutex_);
  void Claim() MSC_REQUIRES(mutex_);
  std::size_t VersionOf(std::string_view subject) MSC_EXCLUDES(mutex_);
  void MigrateFrom(std::size_t version, std::string_view subject, Migrations migrations)
      MSC_EXCLUDES(mutex_);
  void CheckThere() const MSC_REQUIRES(mutex_);
  void Execute(const char* sql) MSC_REQUIRES(mutex_);
  void RunPrepared(std::string_view sql) MSC_REQUIRES(mutex_);
  std::int64_t Pragma(const char* sql) MSC_REQUIRES(mutex_);
  sqlite3_stmt* Prepared(std::string_view sql) MSC_REQUIRES(mutex_);

  std::string path_;
  Mutex mutex_;
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> connection_ MSC_GUARDED_BY(mutex_);
  std::uint64_t generation_ MSC_GUARDED_BY(mutex_) = 0;  // Counts writes.
  // By subject. Guarded by nothing: it is complete before other threads use the database.
  std::map<std::string, Migrations, std::less<>> schemas_;
  // By the constant's address.
  std::unordered_map<const char*, sqlite3_stmt*> statements_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::sqlite
