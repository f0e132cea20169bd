#include "emulator/base/nameless_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace msc {
namespace {

[[noreturn]] void FailNameless(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

}  // namespace

std::string TemporaryFolder() {
  const char* const variable = std::getenv("TMPDIR");
  return variable != nullptr && *variable != '\0' ? variable : "/tmp";
}

int OpenNamelessFile(const std::string& folder) {
  int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) return file;

  // Not every file system has O_TMPFILE.
  std::string path = folder + "/msc-blobs-XXXXXX";
  file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) FailNameless("cannot make a file in " + folder);
  ::unlink(path.c_str());
  return file;
}

NamelessFile::NamelessFile(const std::string& folder)
    : file_(OpenNamelessFile(folder.empty() ? TemporaryFolder() : folder)) {}

std::uint64_t NamelessFile::Size() const {
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) FailNameless("cannot inspect a temporary file");
  return static_cast<std::uint64_t>(status.st_size);
}

std::size_t NamelessFile::Read(std::uint64_t offset, std::span<char> buffer) const {
  for (;;) {
    const ssize_t count =
        ::pread(file_.get(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) FailNameless("cannot read a temporary file");
  }
}

void NamelessFile::Write(std::uint64_t offset, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) FailNameless("cannot write a temporary file");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
}

void NamelessFile::Clear() {
  if (::ftruncate(file_.get(), 0) != 0) FailNameless("cannot empty a temporary file");
}

}  // namespace msc
