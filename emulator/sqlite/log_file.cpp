#include "emulator/sqlite/log_file.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace msc::sqlite {
namespace {

std::optional<struct stat> StatusOf(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

}  // namespace

LogFile::LogFile(const std::string& database) : path_(database + "-wal") {
  if (const auto status = StatusOf(path_)) identity_ = FileIdentity(*status);
}

void LogFile::Check() {
  const auto status = StatusOf(path_);
  if (!status || FileIdentity(*status) != identity_) {
    throw std::runtime_error("the database's log " + path_ +
                             " was removed or replaced by somebody else");
  }
  const auto size = static_cast<std::uint64_t>(status->st_size);
  if (size < size_) {
    throw std::runtime_error("the database's log " + path_ + " was cut off by somebody else");
  }
  size_ = std::min(size, kKept);
}

}  // namespace msc::sqlite
