#include "emulator/base/whole_file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>

#include "emulator/base/descriptor.h"

namespace msc {
namespace {

// 0, or the error's number.
int WriteDraft(const std::string& draft, std::string_view text, unsigned mode) {
  const int file =
      ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
  if (file == -1) return errno;
  int error = 0;
  while (!text.empty() && error == 0) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR) error = errno;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (error == 0 && ::fsync(file) != 0) error = errno;
  ::close(file);
  return error;
}

}  // namespace

void WriteWholeFile(const std::filesystem::path& file, std::string_view text, unsigned mode) {
  const std::string draft = file.string() + '.' + std::to_string(::getpid()) + ".tmp";
  ::unlink(draft.c_str());  // Of a killed process with the same id.
  int error = WriteDraft(draft, text, mode);
  if (error == 0 && ::rename(draft.c_str(), file.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(draft.c_str());
  throw std::runtime_error("cannot write " + file.string() + ": " + strerror(error));
}

std::string ReadWholeFile(const std::filesystem::path& file) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  std::string text;
  std::array<char, 64 * 1024> piece;
  ssize_t count = in.get() < 0 ? -1 : 1;
  while (count > 0) {
    count = ::read(in.get(), piece.data(), piece.size());
    if (count > 0) text.append(piece.data(), static_cast<std::size_t>(count));
  }
  if (count < 0) throw std::runtime_error("cannot read " + file.string() + ": " + strerror(errno));
  return text;
}

}  // namespace msc
