#include "emulator/cli/ready_file.h"

#include <fcntl.h>
#include <msc/emulator.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace msc {
namespace {

[[noreturn]] void Refuse(StartError::Reason reason, const std::string& path,
                         const std::string& why) {
  throw StartError(reason, "ready_file: '" + path + "' cannot be written: " + why +
                               "; name a file in a folder that exists and is yours to write to");
}

// Does not remove devices, folders or links: they are not ready files.
void RemoveOldFile(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) return;
  if (!S_ISREG(found.st_mode)) Refuse(StartError::Reason::kOption, path, "it is no plain file");
  if (::unlink(path.c_str()) != 0) Refuse(StartError::Reason::kOption, path, strerror(errno));
}

}  // namespace

// Process ids are reused, so there may be an old draft with this name; no process writes to it. A
// file that somebody puts in its place after that is not followed or written to.
ReadyFile::ReadyFile(std::string path)
    : path_(std::move(path)), draft_(path_ + '.' + std::to_string(::getpid()) + ".tmp") {
  if (path_.empty()) return;
  RemoveOldFile(path_);
  ::unlink(draft_.c_str());
  descriptor_ = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (descriptor_ == -1) Refuse(StartError::Reason::kOption, path_, strerror(errno));
}

ReadyFile::~ReadyFile() {
  if (path_.empty()) return;
  if (descriptor_ == -1) {
    ::unlink(path_.c_str());
  } else {
    ::close(descriptor_);
    ::unlink(draft_.c_str());
  }
}

void ReadyFile::Publish(const std::string& line) {
  if (path_.empty()) return;
  const std::string text = line + '\n';
  const ssize_t written = ::write(descriptor_, text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size()) ||
      ::rename(draft_.c_str(), path_.c_str()) != 0) {
    Refuse(StartError::Reason::kResource, path_, strerror(errno));
  }
  ::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace msc
