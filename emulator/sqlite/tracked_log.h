#pragma once

#include <sqlite3.h>

#include <limits>
#include <string>

namespace msc::sqlite {

// The log of a database ("emulator.db-wal"), as SQLite writes it, with a note of where the writes
// since the last commit begin. If a commit fails, SQLite forgets the transaction; but the log may
// contain all of it, and the next process would take it as committed. TakeBack prevents that.
// Not thread-safe.
class TrackedLog : public sqlite3_file {
 public:
  // The name of the kind of file system that gives databases such logs, for sqlite3_open_v2.
  static const char* FileSystem();

  // Of a database that was opened with it; null if it has no log.
  static TrackedLog* Of(sqlite3* database);

  // To be called after each commit.
  void Acknowledge() { begin_ = kNothing; }

  // Overwrites the beginning of what was written since the last commit, so that nobody takes it as
  // committed; with `sync` it also waits until that is on the disk. False if it fails. Can be
  // called again: it writes again, because a failed sync must not be repeated by itself.
  bool TakeBack(bool sync);

  // Copies the log into the database and cuts it off, if that works: if the disk was full because
  // of the log, there is room for the next write. Not if something must be taken back: what is cut
  // off without a sync could come back.
  static void Empty(sqlite3* database);

  // Why TakeBack failed.
  const std::string& reason() const { return reason_; }

 private:
  static constexpr sqlite3_int64 kNothing = std::numeric_limits<sqlite3_int64>::max();

  static int Open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* opened);
  static int Close(sqlite3_file* file);
  static int Write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset);
  template <auto Method, typename... Arguments>
  static int Forward(sqlite3_file* file, Arguments... arguments);
  static const sqlite3_io_methods kMethods;

  // SQLite's own file lies directly behind this object.
  sqlite3_file* inner() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  int Overwrite(bool sync);

  sqlite3_int64 begin_ = kNothing;
  std::string reason_;
};

}  // namespace msc::sqlite
