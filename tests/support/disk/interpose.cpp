// A library to be preloaded into the emulator (LD_PRELOAD): the disk fails or forgets, as
// failing_call.h and forgetful_disk.h say, for the files in MSC_DISK_FOLDER and below.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/support/disk/failing_call.h"
#include "tests/support/disk/forgetful_disk.h"
#include "tests/support/disk/real_calls.h"

namespace msc::disk {
namespace {

FailingCall& Failing() {
  static auto* const failing = new FailingCall;
  return *failing;
}

ForgetfulDisk& Forgetful() {
  static auto* const disk = new ForgetfulDisk;
  return *disk;
}

bool IsWatched(std::string_view path) {
  static const auto* const folder = [] {
    const char* const value = std::getenv("MSC_DISK_FOLDER");
    return new std::string(value != nullptr ? value : "/nowhere");
  }();
  return path.starts_with(*folder) && path != *folder;
}

bool IsWatched(int file) {
  std::array<char, 4096> path{};
  const auto link = "/proc/self/fd/" + std::to_string(file);
  const auto size = ::readlink(link.c_str(), path.data(), path.size());
  return size > 0 && IsWatched(std::string_view(path.data(), static_cast<std::size_t>(size)));
}

// Whether the call fails; then errno is set.
bool Fails(const char* call) {
  const auto failure = Failing().Next(call);
  if (failure) errno = failure->error;
  return failure.has_value();
}

ssize_t Write(int file, const void* bytes, size_t count, off_t offset) {
  if (!IsWatched(file)) return Real().pwrite(file, bytes, count, offset);
  if (const auto failure = Failing().Next("pwrite")) {
    errno = failure->error;
    return failure->error != 0 ? -1 : Real().pwrite(file, bytes, (count + 1) / 2, offset);
  }
  if (!Forgetful().is_on()) return Real().pwrite(file, bytes, count, offset);
  return Forgetful().Write(file, static_cast<const char*>(bytes), count, offset);
}

int Truncate(int file, off_t size) {
  if (!IsWatched(file)) return Real().ftruncate(file, size);
  if (Fails("ftruncate")) return -1;
  return Forgetful().is_on() ? Forgetful().Truncate(file, size) : Real().ftruncate(file, size);
}

int Allocate(int file, int mode, off_t offset, off_t length) {
  if (!IsWatched(file)) return Real().fallocate(file, mode, offset, length);
  if (Fails("fallocate")) return -1;
  return Forgetful().is_on() ? Forgetful().Allocate(file, mode, offset, length)
                             : Real().fallocate(file, mode, offset, length);
}

int Open(const char* path, int flags, mode_t mode) {
  if (!IsWatched(path)) return Real().open(path, flags, mode);
  if ((flags & O_CREAT) != 0 && Fails("open")) return -1;
  return Forgetful().is_on() ? Forgetful().Open(path, flags, mode) : Real().open(path, flags, mode);
}

mode_t ModeOf(int flags, va_list& arguments) {
  const bool has_mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  return has_mode ? static_cast<mode_t>(va_arg(arguments, int)) : 0;
}

}  // namespace
}  // namespace msc::disk

extern "C" {

__attribute__((visibility("default"))) ssize_t pwrite(int file, const void* bytes, size_t count,
                                                      off_t offset) {
  return msc::disk::Write(file, bytes, count, offset);
}
__attribute__((visibility("default"))) ssize_t pwrite64(int file, const void* bytes, size_t count,
                                                        off64_t offset) {
  return msc::disk::Write(file, bytes, count, offset);
}
__attribute__((visibility("default"))) int ftruncate(int file, off_t size) noexcept {
  return msc::disk::Truncate(file, size);
}
__attribute__((visibility("default"))) int ftruncate64(int file, off64_t size) noexcept {
  return msc::disk::Truncate(file, size);
}
__attribute__((visibility("default"))) int fallocate(int file, int mode, off_t offset,
                                                     off_t length) {
  return msc::disk::Allocate(file, mode, offset, length);
}
__attribute__((visibility("default"))) int fallocate64(int file, int mode, off64_t offset,
                                                       off64_t length) {
  return msc::disk::Allocate(file, mode, offset, length);
}

__attribute__((visibility("default"))) int fsync(int file) {
  using namespace msc::disk;
  const bool is_watched = IsWatched(file);
  if (is_watched && Fails("fsync")) return -1;
  return Forgetful().is_on() ? Forgetful().Sync(file) : Real().fsync(file);
}

__attribute__((visibility("default"))) int fdatasync(int file) {
  using namespace msc::disk;
  if (!IsWatched(file)) return Real().fdatasync(file);
  if (Fails("fdatasync")) return -1;
  return Forgetful().is_on() ? Forgetful().Sync(file) : Real().fdatasync(file);
}

__attribute__((visibility("default"))) int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = msc::disk::ModeOf(flags, arguments);
  va_end(arguments);
  return msc::disk::Open(path, flags, mode);
}

__attribute__((visibility("default"))) int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = msc::disk::ModeOf(flags, arguments);
  va_end(arguments);
  return msc::disk::Open(path, flags, mode);
}

__attribute__((visibility("default"))) int mkdir(const char* path, mode_t mode) noexcept {
  using namespace msc::disk;
  if (!IsWatched(path) || !Forgetful().is_on()) return Real().mkdir(path, mode);
  return Forgetful().MakeFolder(path, mode);
}

__attribute__((visibility("default"))) int unlink(const char* path) noexcept {
  using namespace msc::disk;
  if (!IsWatched(path)) return Real().unlink(path);
  if (Fails("unlink")) return -1;
  return Forgetful().is_on() ? Forgetful().Unlink(path) : Real().unlink(path);
}

}  // extern "C"
