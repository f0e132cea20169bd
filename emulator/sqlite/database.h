#pragma once

#include <msc/durability.h>

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

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

  // Makes what was written durable. A read needs none.
  void Commit();

  // All that the database holds, as the bytes of a database file; the same whether it is kept in a
  // file or in memory. Takes as much memory as they are many.
  std::string Image();

  // Makes the database exactly what `image` is, in one step: it is the old one or the new one,
  // whatever happens meanwhile. Throws ImageRefused, and changes nothing, where that is not a
  // database of the same version and with the same tables, or is corrupt.
  // REQUIRES: a transaction that reads, with no statement under way.
  void Load(std::string_view image);

 private:
  friend class Database;
  Transaction(Database& database, bool writes);

  Database& database_;
  const MutexLock lock_;
  bool open_;
  int unwinding_;  // Exceptions under way when it began.
};

// One SQLite database and one connection to it. Thread-safe: transactions take turns.
class Database {
 public:
  // Opens or makes the file at `path`, or a database in memory where `path` is empty, and brings it
  // to the newest of `migrations` (the first makes version 1; PRAGMA user_version counts them).
  // Throws std::runtime_error, and leaves the file as it is, if it is corrupt, no database, another
  // program's, made by a newer version, or cannot be written.
  Database(const std::string& path, std::span<const std::string_view> migrations,
           Durability durability = Durability::kProcess);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // For SELECTs.
  Transaction Read() { return {*this, false}; }

  // For everything else; ends with Commit().
  Transaction Write() { return {*this, true}; }

  // In a transaction of their own.
  std::string Image() { return Read().Image(); }
  void Load(std::string_view image) { Read().Load(image); }

 private:
  friend class Transaction;

  void Configure(Durability durability) MSC_REQUIRES(mutex_);
  void Check() MSC_REQUIRES(mutex_);
  void Claim() MSC_REQUIRES(mutex_);
  void Migrate(std::span<const std::string_view> migrations) MSC_REQUIRES(mutex_);
  void CheckThere() const MSC_REQUIRES(mutex_);
  void Execute(const char* sql) MSC_REQUIRES(mutex_);
  std::int64_t Pragma(const char* sql) MSC_REQUIRES(mutex_);
  sqlite3_stmt* Prepared(std::string_view sql) MSC_REQUIRES(mutex_);

  std::string path_;
  Mutex mutex_;
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> connection_ MSC_GUARDED_BY(mutex_);
  // By the constant's address.
  std::unordered_map<const char*, sqlite3_stmt*> statements_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::sqlite
