#include "emulator/base/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace msc {
namespace {

[[noreturn]] void Fail(const std::string& path, const std::string& why) {
  throw std::runtime_error("cannot use the data folder " + path + ": " + why);
}

// Makes the names of the files in the folder durable. Their contents are not synced here.
void SyncFolder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::fsync(folder) == 0;
  const int reason = errno;
  if (folder >= 0) ::close(folder);
  if (!synced) Fail(path, std::strerror(reason));
}

}  // namespace

DataDirectory::DataDirectory(const std::string& path, const std::vector<std::string>& files)
    : path_(path) {
  if (path.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) Fail(path, error.message());

  lock_ = Descriptor(::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock_.get() < 0) Fail(path, std::strerror(errno));
  Lock();
  CheckFiles(files);
}

void DataDirectory::Lock() {
  const bool taken = ::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0;

  // "<process id of the owner> <times used>". Read only with the lock: before, it may still change.
  std::array<char, 64> text{};
  long owner = 0;
  unsigned long long used = 0;
  const auto size = ::pread(lock_.get(), text.data(), text.size() - 1, 0);
  const int fields = size > 0 ? std::sscanf(text.data(), "%ld %llu", &owner, &used) : 0;
  if (taken) {
    Fail(path_, "another emulator uses it" +
                    (fields > 0 ? " (process " + std::to_string(owner) + ")" : std::string()) +
                    "; stop that one or choose another folder");
  }
  generation_ = used;
}

void DataDirectory::CheckFiles(const std::vector<std::string>& files) const {
  for (const auto& file : files) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(path_ + '/' + file, missing);
    const bool is_records = file.ends_with(".db");
    if (generation_ > 0 && (missing || (is_records && size == 0))) {
      Fail(path_, file +
                      " is gone or empty, though the folder was in use; restore it, or choose "
                      "another folder");
    }
    if (generation_ == 0 && !missing && !is_records && size > 0) {
      Fail(path_, "there is a " + file + " that is not the emulator's; choose another folder");
    }
  }
}

void DataDirectory::MarkUsed() {
  if (path_.empty()) return;
  const std::string line =
      std::to_string(::getpid()) + ' ' + std::to_string(generation_ + 1) + '\n';
  if (::pwrite(lock_.get(), line.data(), line.size(), 0) != static_cast<ssize_t>(line.size())) {
    Fail(path_, std::strerror(errno));
  }
  SyncFolder(path_);
}

}  // namespace msc
