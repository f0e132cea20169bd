#pragma once

#include <cstdint>
#include <string>

#include "emulator/base/file_identity.h"

namespace msc::sqlite {

// The log beside a database file ("emulator.db-wal"), watched for what somebody else does to it:
// commits that are written to a log that is not there any more are lost. Not thread-safe.
class LogFile {
 public:
  // Up to this size, in bytes, SQLite never cuts the log back by itself.
  static constexpr std::uint64_t kKept = 16 * 1024 * 1024;

  // REQUIRES: the database is open and has a log.
  explicit LogFile(const std::string& database);

  // Throws std::runtime_error with the file's name if it was removed, replaced or cut off since it
  // was opened.
  void Check();

  // To be called after SQLite was told to empty the log.
  void MayBeShorter() { size_ = 0; }

 private:
  std::string path_;
  FileIdentity identity_;
  std::uint64_t size_ = 0;  // It has at least that many bytes.
};

}  // namespace msc::sqlite
