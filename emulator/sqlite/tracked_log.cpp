#include "emulator/sqlite/tracked_log.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>

namespace msc::sqlite {
namespace {

constexpr const char* kName = "msc-tracked-log";
constexpr int kLongestHeader = 32;  // Bytes; of the log. A frame in it has a shorter one.

sqlite3_vfs* System() { return sqlite3_vfs_find("unix"); }

}  // namespace

template <auto Method, typename... Arguments>
int TrackedLog::Forward(sqlite3_file* file, Arguments... arguments) {
  sqlite3_file* const inner = static_cast<TrackedLog*>(file)->inner();
  return (inner->pMethods->*Method)(inner, arguments...);
}

// Version 1 has no shared memory and no mapped files: with them, a full or broken disk would end
// the process with a signal.
const sqlite3_io_methods TrackedLog::kMethods = {
    .iVersion = 1,
    .xClose = Close,
    .xRead = Forward<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = Write,
    .xTruncate = Forward<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    .xSync = Forward<&sqlite3_io_methods::xSync, int>,
    .xFileSize = Forward<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = Forward<&sqlite3_io_methods::xLock, int>,
    .xUnlock = Forward<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = Forward<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = Forward<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = Forward<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = Forward<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

const char* TrackedLog::FileSystem() {
  static const int registered = [] {
    static sqlite3_vfs tracking = *System();
    tracking.zName = kName;
    tracking.szOsFile += static_cast<int>(sizeof(TrackedLog));
    tracking.xOpen = Open;
    return sqlite3_vfs_register(&tracking, 0);
  }();
  return registered == SQLITE_OK ? kName : nullptr;
}

TrackedLog* TrackedLog::Of(sqlite3* database) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  return file != nullptr && file->pMethods == &kMethods ? static_cast<TrackedLog*>(file) : nullptr;
}

int TrackedLog::Open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* opened) {
  sqlite3_vfs* const system = System();
  if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, name, file, flags, opened);
  auto* const log = new (file) TrackedLog;
  log->pMethods = nullptr;  // Nothing to close, if it cannot be opened.
  const int code = system->xOpen(system, name, log->inner(), flags, opened);
  if (code == SQLITE_OK) log->pMethods = &kMethods;
  return code;
}

int TrackedLog::Close(sqlite3_file* file) {
  auto* const log = static_cast<TrackedLog*>(file);
  const int code = log->inner()->pMethods->xClose(log->inner());
  log->~TrackedLog();
  return code;
}

int TrackedLog::Write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  auto* const log = static_cast<TrackedLog*>(file);
  log->begin_ = std::min(log->begin_, offset);
  return log->inner()->pMethods->xWrite(log->inner(), bytes, count, offset);
}

bool TrackedLog::TakeBack(bool sync) {
  if (begin_ == kNothing) return true;
  errno = 0;
  if (const int code = Overwrite(sync); code != SQLITE_OK) {
    reason_ = errno != 0 ? std::strerror(errno) : sqlite3_errstr(code);
    return false;
  }
  begin_ = kNothing;
  return true;
}

void TrackedLog::Empty(sqlite3* database) {
  const TrackedLog* const log = Of(database);
  if (log == nullptr || log->begin_ != kNothing) return;
  sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

int TrackedLog::Overwrite(bool sync) {
  const auto* const methods = inner()->pMethods;
  sqlite3_int64 size = 0;
  if (const int code = methods->xFileSize(inner(), &size); code != SQLITE_OK) return code;
  if (size <= begin_) return SQLITE_OK;  // Nothing arrived there.
  constexpr std::array<char, kLongestHeader> kZeros{};
  const auto count = static_cast<int>(std::min<sqlite3_int64>(kLongestHeader, size - begin_));
  if (const int code = methods->xWrite(inner(), kZeros.data(), count, begin_); code != SQLITE_OK) {
    return code;
  }
  return sync ? methods->xSync(inner(), SQLITE_SYNC_NORMAL) : SQLITE_OK;
}

}  // namespace msc::sqlite
