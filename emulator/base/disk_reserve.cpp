#include "emulator/base/disk_reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>

namespace msc {
namespace {

constexpr std::uint64_t kShareOfDisk = 4;  // A small disk gives no more than this part of it.
constexpr std::uint64_t kAlmostFull = 4;   // Reserves that are free on such a disk.

}  // namespace

DiskReserve::~DiskReserve() {
  if (file_ >= 0) ::close(file_);
}

void DiskReserve::Keep(std::uint64_t size) {
  const MutexLock lock(mutex_);
  if (path_.empty()) return;
  if (file_ < 0) file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  struct statvfs disk {};
  if (file_ >= 0 && ::fstatvfs(file_, &disk) == 0) {
    size = std::min<std::uint64_t>(size, disk.f_blocks * disk.f_frsize / kShareOfDisk);
  }
  if (size == size_ && is_whole_) return;
  size_ = size;
  is_whole_ = Fill();
}

void DiskReserve::Require() {
  const MutexLock lock(mutex_);
  RequireLocked();
}

void DiskReserve::RequireLocked() {
  changed_.Wait(mutex_, [this]() MSC_REQUIRES(mutex_) { return uses_ == 0; });
  if (!is_whole_) is_whole_ = Fill();
  if (!is_whole_) {
    throw std::runtime_error("the disk of " + path_ + " is full: until there is room for its " +
                             std::to_string(size_) + " bytes, only deleting works");
  }
}

// Only a full disk is a reason not to write. If the file cannot be made for another reason, such as
// a limit of the process, then the emulator does without.
bool DiskReserve::Fill() {
  if (file_ < 0) return true;
  struct stat status {};
  const auto size = static_cast<off_t>(size_);
  if (::fstat(file_, &status) == 0 && status.st_size > size) {
    [[maybe_unused]] const int code = ::ftruncate(file_, size);
  }
  if (size == 0 || ::fallocate(file_, 0, 0, size) == 0) return true;
  if (errno != ENOSPC && errno != EDQUOT) return true;
  Empty();
  return false;
}

void DiskReserve::Empty() {
  is_whole_ = false;
  [[maybe_unused]] const int code = ::ftruncate(file_, 0);
}

bool DiskReserve::IsDiskAlmostFull() const {
  struct statvfs disk {};
  return ::fstatvfs(file_, &disk) != 0 || disk.f_bavail * disk.f_frsize < kAlmostFull * size_;
}

DiskReserve::Writing::Writing(DiskReserve& reserve) : reserve_(reserve) {
  const MutexLock lock(reserve_.mutex_);
  reserve_.RequireLocked();
  ++reserve_.writings_;
}

DiskReserve::Writing::~Writing() {
  const MutexLock lock(reserve_.mutex_);
  if (--reserve_.writings_ == 0) reserve_.changed_.NotifyAll();
}

DiskReserve::Use::Use(DiskReserve& reserve) : reserve_(reserve) {
  const MutexLock lock(reserve_.mutex_);
  if (reserve_.file_ < 0 || !reserve_.IsDiskAlmostFull()) return;
  is_needed_ = true;
  ++reserve_.uses_;
  reserve_.changed_.Wait(
      reserve_.mutex_, [this]() MSC_REQUIRES(reserve_.mutex_) { return reserve_.writings_ == 0; });
  reserve_.Empty();
}

DiskReserve::Use::~Use() {
  if (!is_needed_) return;
  const MutexLock lock(reserve_.mutex_);
  --reserve_.uses_;
  reserve_.changed_.NotifyAll();
}

}  // namespace msc
