#include "emulator/base/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace msc {
namespace {

[[noreturn]] void Fail(const std::string& path, const std::string& why) {
  throw std::runtime_error("cannot use the data folder " + path + ": " + why);
}

// Makes the names of the files in the folder durable. Their contents are not synced here. Returns
// the error's number; 0: none.
int SyncFolder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return errno;
  const int error = ::fsync(folder) == 0 ? 0 : errno;
  ::close(folder);
  return error;
}

// Makes the names of the folder and of those above it durable: each of them may be new. Others can
// be unreadable, but those are not new.
void SyncParents(const std::string& path) {
  auto folder = std::filesystem::absolute(path).lexically_normal();
  while (folder.has_relative_path()) {
    folder = folder.parent_path();
    const int error = SyncFolder(folder.string());
    if (error != 0 && error != EACCES) Fail(folder.string(), std::strerror(error));
  }
}

// The same for its parents, if they are missing.
void MakeFolder(const std::filesystem::path& path) {
  std::error_code unknown;
  if (path.empty() || std::filesystem::is_directory(path, unknown)) return;
  MakeFolder(path.parent_path());
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) Fail(path, std::strerror(errno));
}

bool IsDatabaseName(std::string_view file) { return file.ends_with(".db"); }

bool BeginsLikeDatabase(const std::string& path) {
  constexpr std::string_view kBegin = "SQLite format 3";
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, kBegin.size()> begin{};
  return ::pread(file.get(), begin.data(), begin.size(), 0) == std::ssize(begin) &&
         std::string_view(begin.data(), begin.size()) == kBegin;
}

// More than can be counted, and more than the last time, because a database in use is written to.
std::uint64_t UnknownGeneration(const std::string& database) {
  const auto written = std::filesystem::last_write_time(database).time_since_epoch();
  return (std::uint64_t{1} << 63) | static_cast<std::uint64_t>(written.count());
}

}  // namespace

// "<process id of the owner> <times used>" and a line break, without which a part was cut off.
LockContents ReadLock(int lock) {
  std::array<char, 64> text{};
  LockContents contents;
  unsigned long long used = 0;
  char end = '\0';
  const auto size = ::pread(lock, text.data(), text.size() - 1, 0);
  if (size <= 0) return contents;
  const int fields = std::sscanf(text.data(), "%ld %llu%c", &contents.owner, &used, &end);
  if (fields == 3 && end == '\n') contents.used = used;
  return contents;
}

DataDirectory::DataDirectory(const std::string& path, const std::vector<std::string>& files)
    : path_(path) {
  if (path.empty()) return;
  MakeFolder(path);
  lock_ = Descriptor(::open((path + '/' + kLockFile).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock_.get() < 0) Fail(path, std::string("its file lock: ") + std::strerror(errno));
  Lock();
  CheckFiles(files);
}

void DataDirectory::Lock() {
  const bool taken = ::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0;

  // Read only with the lock: before, it may still change.
  const auto [owner, used] = ReadLock(lock_.get());
  if (taken) {
    Fail(path_, "another emulator uses it" +
                    (owner > 0 ? " (process " + std::to_string(owner) + ")" : std::string()) +
                    "; stop that one or choose another folder");
  }
  generation_ = used;
}

// Without a lock file that says so, the folder is in use if there is a database: then only its
// records can tell whether another file must be there.
void DataDirectory::CheckFiles(const std::vector<std::string>& files) {
  const bool is_known = generation_ > 0;
  has_contents_ = is_known;
  for (const auto& file : files) {
    const std::string path = path_ + '/' + file;
    if (!is_known && IsDatabaseName(file) && BeginsLikeDatabase(path)) {
      generation_ = UnknownGeneration(path);
    }
  }
  for (const auto& file : files) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(path_ + '/' + file, missing);
    const bool is_database = IsDatabaseName(file);
    if (!missing && !is_database && size > 0) has_contents_ = true;
    if (is_known && (missing || (is_database && size == 0))) {
      Fail(path_, file +
                      " is gone or empty, though the folder was in use; restore it, or choose "
                      "another folder");
    }
    if (generation_ == 0 && !missing && !is_database && size > 0) {
      Fail(path_, "there is a " + file +
                      ", but no database that it belongs to; restore that, or choose another "
                      "folder");
    }
  }
}

void DataDirectory::MarkUsed() {
  if (path_.empty()) return;
  // The names first: once the lock file says that the folder is in use, all files must be there.
  if (const int error = SyncFolder(path_); error != 0) Fail(path_, std::strerror(error));
  if (generation_ == 0) SyncParents(path_);
  const std::string line =
      std::to_string(::getpid()) + ' ' + std::to_string(generation_ + 1) + '\n';
  if (::pwrite(lock_.get(), line.data(), line.size(), 0) != static_cast<ssize_t>(line.size())) {
    Fail(path_, std::strerror(errno));
  }
  if (::fsync(lock_.get()) != 0) Fail(path_, std::strerror(errno));
}

}  // namespace msc
