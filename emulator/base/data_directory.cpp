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

}  // namespace

DataDirectory::DataDirectory(const std::string& path) {
  if (path.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) Fail(path, error.message());

  lock_ = ::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock_ < 0) Fail(path, std::strerror(errno));

  const bool taken = ::flock(lock_, LOCK_EX | LOCK_NB) != 0;

  // "<process id of the owner> <times opened>", read behind the lock: before it, they may still
  // change.
  std::array<char, 64> text{};
  long owner = 0;
  unsigned long long opened = 0;
  const auto size = ::pread(lock_, text.data(), text.size() - 1, 0);
  const int fields = size > 0 ? std::sscanf(text.data(), "%ld %llu", &owner, &opened) : 0;

  if (taken) {
    ::close(lock_);
    Fail(path, "another emulator uses it" +
                   (fields > 0 ? " (process " + std::to_string(owner) + ")" : std::string()) +
                   "; stop that one or choose another folder");
  }
  generation_ = opened;
  const std::string line = std::to_string(::getpid()) + ' ' + std::to_string(opened + 1) + '\n';
  if (::pwrite(lock_, line.data(), line.size(), 0) != static_cast<ssize_t>(line.size())) {
    const std::string why = std::strerror(errno);
    ::close(lock_);
    Fail(path, why);
  }
}

DataDirectory::~DataDirectory() {
  if (lock_ >= 0) ::close(lock_);
}

}  // namespace msc
