#include "storage_stub/extents/extent_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "emulator/base/crc64.h"
#include "emulator/base/descriptor.h"
#include "emulator/base/nameless_file.h"
#include "emulator/base/thread.h"

namespace msc::storage {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

int OpenNamed(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) Fail("cannot open " + path);
  return file;
}

// Each extent once, in order; `more` counts its further references.
std::vector<Extent> Distinct(std::vector<Extent> extents,
                             std::unordered_map<std::uint64_t, int>& more) {
  std::erase_if(extents, [](const Extent& extent) { return extent.length == 0; });
  std::sort(extents.begin(), extents.end(),
            [](const Extent& left, const Extent& right) { return left.offset < right.offset; });
  const auto last =
      std::unique(extents.begin(), extents.end(), [&](const Extent& kept, const Extent& next) {
        if (kept != next) return false;
        ++more[kept.offset];
        return true;
      });
  extents.erase(last, extents.end());
  return extents;
}

}  // namespace

Pin::Pin(std::shared_ptr<ExtentFile> file, std::vector<Extent> extents)
    : file_(std::move(file)), extents_(std::move(extents)) {
  file_->AddReferences(extents_);
}

Pin::~Pin() {
  if (file_) file_->ReleaseReferences(extents_);
}

ExtentFile::ExtentFile(const std::string& path, std::vector<Extent> used, Durability durability,
                       std::shared_ptr<DiskReserve> reserve)
    : has_name_(!path.empty()),
      name_(path.empty() ? "the nameless file of blobs" : path),
      file_(path.empty() ? OpenNamelessFile(TemporaryFolder()) : OpenNamed(path)),
      durability_(durability),
      reserve_(reserve ? std::move(reserve) : std::make_shared<DiskReserve>("")) {
  try {
    std::uint64_t needed = 0;
    for (const auto& extent : used) needed = std::max(needed, extent.end());
    regions_ = RegionAllocator(Distinct(std::move(used), more_));
    struct stat status {};
    if (::fstat(file_, &status) != 0) Fail("cannot look at " + name_);
    identity_ = FileIdentity(status);
    secured_end_ = needed;
    if (std::cmp_less(status.st_size, needed)) {
      throw std::runtime_error(name_ + " is shorter than the records of its blobs say");
    }
    for (const auto& region : regions_.FreeRegions()) Punch(region);
    if (std::cmp_greater(status.st_size, regions_.end()) &&
        ::ftruncate(file_, static_cast<off_t>(regions_.end())) != 0) {
      Fail("cannot shorten " + name_);
    }
    CloseInForkedChildren(file_);
  } catch (...) {
    ::close(file_);
    throw;
  }
}

ExtentFile::~ExtentFile() {
  {
    const MutexLock lock(mutex_);
    closing_ = true;
  }
  changed_.NotifyOne();
  if (cache_thread_.joinable()) cache_thread_.join();
  ForgetForkedChildren(file_);
  ::close(file_);
}

Extent ExtentFile::Allocate(std::uint64_t length) {
  const std::uint64_t needed = RegionOf({0, length}).length;
  const MutexLock lock(mutex_);
  if (const auto cached = AllocateCachedLocked(needed)) return *cached;
  return regions_.Allocate(needed);
}

// The front of the first cached region that is long enough; the rest stays cached.
std::optional<Extent> ExtentFile::AllocateCachedLocked(std::uint64_t length) {
  for (auto cached = cached_.begin(); cached != cached_.end(); ++cached) {
    Extent& region = cached->region;
    if (region.length < length) continue;
    const Extent taken{region.offset, length};
    region = {taken.end(), region.length - length};
    if (region.length == 0) cached_.erase(cached);
    return taken;
  }
  return std::nullopt;
}

void ExtentFile::AddReferences(const std::vector<Extent>& extents) {
  const MutexLock lock(mutex_);
  std::size_t shared = 0;
  try {
    for (; shared < extents.size(); ++shared) {
      if (extents[shared].length > 0) ++more_[extents[shared].offset];
    }
  } catch (...) {  // Out of memory: there was a reference already, so nothing is freed.
    UnreferencedLocked({extents.begin(), extents.begin() + static_cast<std::ptrdiff_t>(shared)});
    throw;
  }
}

std::vector<Extent> ExtentFile::Unreferenced(const std::vector<Extent>& extents) {
  const MutexLock lock(mutex_);
  return UnreferencedLocked(extents);
}

std::vector<Extent> ExtentFile::UnreferencedLocked(const std::vector<Extent>& extents) {
  std::vector<Extent> regions;
  for (const auto& extent : extents) {
    if (extent.length == 0) continue;
    const auto more = more_.find(extent.offset);
    if (more == more_.end()) {
      regions.push_back(RegionOf(extent));
    } else if (--more->second == 0) {
      more_.erase(more);
    }
  }
  return Merged(std::move(regions));
}

void ExtentFile::ReleaseReferences(const std::vector<Extent>& extents) noexcept {
  for (const auto& region : Unreferenced(extents)) Free(region);
}

void ExtentFile::ReleaseReferencesLater(const std::vector<Extent>& extents) noexcept {
  for (const auto& region : Unreferenced(extents)) {
    try {
      Cache(region);
    } catch (const std::exception&) {  // Out of memory, or no thread can be created.
      Free(region);
    }
  }
}

void ExtentFile::Cache(const Extent& region) {
  const MutexLock lock(mutex_);
  if (!cache_thread_.joinable()) cache_thread_ = StartThread(&ExtentFile::FreeExpired, this);
  const bool is_first = cached_.empty();  // Else the thread waits for one that comes before.
  cached_.push_back({region, std::chrono::steady_clock::now() + kCacheTime});
  if (is_first) changed_.NotifyOne();
}

void ExtentFile::FreeCached() noexcept {
  std::deque<CachedRegion> cold;
  {
    const MutexLock lock(mutex_);
    cold.swap(cached_);
  }
  std::sort(cold.begin(), cold.end(), [](const CachedRegion& left, const CachedRegion& right) {
    return left.region.offset < right.region.offset;
  });
  for (auto next = cold.begin(); next != cold.end();) {
    Extent region = next->region;
    while (++next != cold.end() && next->region.offset == region.end()) {
      region.length += next->region.length;
    }
    Free(region);
  }
}

// Frees cached regions after their time.
void ExtentFile::FreeExpired() {
  while (const auto region = WaitForExpired()) Free(*region);
}

std::optional<Extent> ExtentFile::WaitForExpired() {
  const MutexLock lock(mutex_);
  while (!closing_) {
    if (cached_.empty()) {
      changed_.Wait(mutex_);
    } else if (const auto until = cached_.front().until; until > std::chrono::steady_clock::now()) {
      changed_.WaitUntil(mutex_, until);  // A copy, because other threads change the queue.
    } else {
      const Extent region = cached_.front().region;
      cached_.pop_front();
      return region;
    }
  }
  return std::nullopt;
}

// The hole is punched before the region can be allocated again. Errors are ignored: the region is
// free in any case, and a file that was not shortened is shortened the next time.
void ExtentFile::Free(const Extent& region) noexcept {
  if (IsHeld(region)) return;
  Punch(region);
  const MutexLock lock(mutex_);
  const std::uint64_t end = regions_.end();
  regions_.Free(region);
  if (regions_.end() == end) return;
  secured_end_ = std::min(secured_end_, regions_.end());
  struct stat status {};
  // The file is never made longer: a file that was truncated from outside would look intact.
  if (::fstat(file_, &status) == 0 && std::cmp_greater(status.st_size, regions_.end())) {
    [[maybe_unused]] const int code = ::ftruncate(file_, static_cast<off_t>(regions_.end()));
  }
}

bool ExtentFile::IsHeld(const Extent& region) noexcept {
  const MutexLock lock(mutex_);
  if (!is_holding_) return false;
  try {
    held_.push_back(region);
  } catch (const std::exception&) {  // Out of memory: it is free after the next start.
  }
  return true;
}

void ExtentFile::HoldFreed(bool hold) noexcept {
  std::vector<Extent> held;
  {
    const MutexLock lock(mutex_);
    is_holding_ = hold;
    if (!hold) held.swap(held_);
  }
  for (const auto& region : held) Free(region);
}

void ExtentFile::Punch(const Extent& region) const noexcept {
  ::fallocate(file_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(region.offset),
              static_cast<off_t>(region.length));
}

void ExtentFile::Secure(const Extent& extent, std::uint64_t failed_syncs) {
  Check();
  if (durability_ == Durability::kFull) Sync();
  if (failed_syncs_ != failed_syncs) {
    throw std::runtime_error(name_ + " lost bytes when it was synced");
  }
  const MutexLock lock(mutex_);
  secured_end_ = std::max(secured_end_, extent.end());
}

// Does nothing if the sync of another thread began after the caller's last write.
void ExtentFile::Sync() {
  const std::uint64_t own = ++wanted_syncs_;
  const MutexLock lock(sync_mutex_);
  if (done_syncs_ >= own) return;
  const std::uint64_t all = wanted_syncs_;
  if (::fdatasync(file_) != 0) {
    ++failed_syncs_;
    Fail("cannot sync " + name_);
  }
  done_syncs_ = all;
}

void ExtentFile::Check() const {
  const MutexLock lock(mutex_);  // No other thread shortens the file.
  if (Size() < secured_end_) throw std::runtime_error(name_ + " was cut off by somebody else");
}

// By its name: what is written to a file that was moved away is lost at the next start, too.
std::uint64_t ExtentFile::Size() const {
  struct stat status {};
  if (!has_name_) {
    if (::fstat(file_, &status) != 0) Fail("cannot look at " + name_);
  } else if (::stat(name_.c_str(), &status) != 0 || FileIdentity(status) != identity_) {
    throw std::runtime_error(name_ + " was removed or replaced by somebody else");
  }
  return static_cast<std::uint64_t>(status.st_size);
}

// A file that was cut has a hole in the extent if it became longer again, and else ends before the
// extent does. The bytes are read only if there is a hole, because some file systems make holes of
// zeros, or do not know their holes.
void ExtentFile::CheckWritten(const Extent& extent, std::uint64_t crc64) const {
  const auto hole = ::lseek(file_, static_cast<off_t>(extent.offset), SEEK_HOLE);
  if (hole >= 0 && std::cmp_greater_equal(hole, extent.end())) return;
  if (Size() < extent.end() || Crc64Of(extent) != crc64) {
    throw std::runtime_error(name_ + " was cut off by somebody else during an upload");
  }
}

std::uint64_t ExtentFile::Crc64Of(const Extent& extent) const {
  Crc64 crc64;
  std::array<char, 64 * 1024> buffer;
  for (std::uint64_t at = extent.offset; at < extent.end();) {
    const auto count = std::min<std::uint64_t>(buffer.size(), extent.end() - at);
    const std::span<char> piece(buffer.data(), count);
    Read(at, piece);
    crc64.Update(piece);
    at += count;
  }
  return crc64.value();
}

void ExtentFile::Write(std::uint64_t offset, std::span<const char> bytes) {
  const DiskReserve::Writing writing(*reserve_);
  while (!bytes.empty()) {
    const auto count = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) Fail("cannot write to " + name_);
    offset += static_cast<std::uint64_t>(count);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

void ExtentFile::Read(std::uint64_t offset, std::span<char> bytes) const {
  while (!bytes.empty()) {
    const auto count = ::pread(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) Fail("cannot read " + name_);
    if (count == 0) throw std::runtime_error(name_ + " ends before a blob in it does");
    offset += static_cast<std::uint64_t>(count);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

}  // namespace msc::storage
