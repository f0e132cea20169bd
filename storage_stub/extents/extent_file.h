#pragma once

#include <msc/durability.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "emulator/base/disk_reserve.h"
#include "emulator/base/file_identity.h"
#include "emulator/base/mutex.h"
#include "storage_stub/extents/region_allocator.h"

namespace msc::storage {

class ExtentFile;

// A reference to extents: they are not reused while this object lives.
class Pin {
 public:
  Pin(std::shared_ptr<ExtentFile> file, std::vector<Extent> extents);
  ~Pin();
  Pin(Pin&&) noexcept = default;
  Pin& operator=(Pin&&) = delete;
  Pin(const Pin&) = delete;

  // To be called when records refer to the extents: they keep the references.
  void Dismiss() { extents_.clear(); }

  const std::vector<Extent>& extents() const { return extents_; }
  const ExtentFile& file() const { return *file_; }

 private:
  std::shared_ptr<ExtentFile> file_;
  std::vector<Extent> extents_;
};

// The bytes of all blobs and blocks: one sparse file in which each has an extent. The records say
// which extent belongs to which block, so an extent that no record names is free after a restart.
// Every record and every reader of an extent holds a reference to it; the bytes are freed with the
// last reference. Thread-safe.
class ExtentFile {
 public:
  // Opens or creates the file at `path`; if `path` is empty, a file without a name that is deleted
  // with the process. `used`: one entry per reference; everything else is free, and its disk space
  // is released. `durability`: what bytes survive after Secure was called for them. `reserve`: what
  // is left free for others; null: nothing. Throws std::runtime_error if the file cannot be opened
  // or written, or is shorter than `used` says.
  ExtentFile(const std::string& path, std::vector<Extent> used,
             Durability durability = Durability::kProcess,
             std::shared_ptr<DiskReserve> reserve = nullptr);
  ~ExtentFile();
  ExtentFile(const ExtentFile&) = delete;
  ExtentFile& operator=(const ExtentFile&) = delete;

  // A region of at least `length` bytes for the caller alone. REQUIRES: `length` is not 0.
  Extent Allocate(std::uint64_t length);

  // Adds a reference to each of `extents`, which must have one already. Empty extents have none.
  void AddReferences(const std::vector<Extent>& extents);

  // Removes a reference to each of `extents`, and frees those that have none left.
  void ReleaseReferences(const std::vector<Extent>& extents) noexcept;

  // The same for extents that were replaced and will probably be replaced again: their regions are
  // kept for kCacheTime (transport time), so that the next write finds pages that are in memory.
  // That is many times faster than asking the system for new ones.
  void ReleaseReferencesLater(const std::vector<Extent>& extents) noexcept;

  // Frees a region that has no references.
  void Free(const Extent& region) noexcept;

  // Frees now what ReleaseReferencesLater keeps.
  void FreeCached() noexcept;

  // From HoldFreed(true) to HoldFreed(false), what becomes free keeps its bytes and is not used
  // again, because records may come to refer to it.
  void HoldFreed(bool hold) noexcept;

  // Throws std::runtime_error if the disk is full or broken.
  void Write(std::uint64_t offset, std::span<const char> bytes);

  // How many syncs of the file failed.
  std::uint64_t failed_syncs() const { return failed_syncs_; }

  // Makes `extent` as durable as `durability` demands. `failed_syncs`: how many had failed before
  // it was written. Throws std::runtime_error if the disk is broken or a sync has failed since
  // then: the system reports lost bytes once, and not which ones. Also Check's errors.
  void Secure(const Extent& extent, std::uint64_t failed_syncs);

  // Throws std::runtime_error if the file was removed, replaced or truncated from outside: then
  // writes would be lost and reads would be wrong.
  void Check() const;

  // Throws std::runtime_error if `extent`, which was written without a gap, has lost bytes since,
  // because the file was truncated from outside. `crc64`: of what was written.
  void CheckWritten(const Extent& extent, std::uint64_t crc64) const;

  // Fills `bytes`; throws std::runtime_error if the file is too short.
  void Read(std::uint64_t offset, std::span<char> bytes) const;

  // Of the file, for reading.
  int descriptor() const { return file_; }

  // For messages.
  const std::string& name() const { return name_; }

 private:
  struct CachedRegion {
    Extent region;
    std::chrono::steady_clock::time_point until;
  };

  static constexpr std::chrono::seconds kCacheTime{5};

  // The regions of those `extents` that lose their last reference, in order and merged.
  std::vector<Extent> Unreferenced(const std::vector<Extent>& extents) MSC_EXCLUDES(mutex_);
  std::vector<Extent> UnreferencedLocked(const std::vector<Extent>& extents) MSC_REQUIRES(mutex_);
  std::optional<Extent> AllocateCachedLocked(std::uint64_t length) MSC_REQUIRES(mutex_);
  void Cache(const Extent& region) MSC_EXCLUDES(mutex_);
  void FreeExpired();

  // Removes the next cached region whose time is over from the cache and returns it; nullopt when
  // the file is being closed.
  std::optional<Extent> WaitForExpired() MSC_EXCLUDES(mutex_);

  void Punch(const Extent& region) const noexcept;
  bool IsHeld(const Extent& region) noexcept MSC_EXCLUDES(mutex_);
  void Sync() MSC_EXCLUDES(sync_mutex_);

  // Its size. Throws if the name stands for another file or none.
  std::uint64_t Size() const;

  std::uint64_t Crc64Of(const Extent& extent) const;

  const bool has_name_;
  const std::string name_;
  int file_;
  FileIdentity identity_;
  const Durability durability_;
  const std::shared_ptr<DiskReserve> reserve_;

  // A sync is for all that was written before it began. They run one at a time, so that a thread
  // cannot take its bytes as synced while another one is being told that they were lost.
  std::atomic<std::uint64_t> wanted_syncs_ = 0;
  std::atomic<std::uint64_t> failed_syncs_ = 0;
  Mutex sync_mutex_;
  std::uint64_t done_syncs_ MSC_GUARDED_BY(sync_mutex_) = 0;  // Of those that were wanted.

  mutable Mutex mutex_;
  ConditionVariable changed_;
  RegionAllocator regions_ MSC_GUARDED_BY(mutex_);
  // References beyond the first, by offset.
  std::unordered_map<std::uint64_t, int> more_ MSC_GUARDED_BY(mutex_);
  std::deque<CachedRegion> cached_ MSC_GUARDED_BY(mutex_);  // Oldest first.
  std::uint64_t secured_end_ MSC_GUARDED_BY(mutex_) = 0;    // The file is at least that long.
  bool is_holding_ MSC_GUARDED_BY(mutex_) = false;
  std::vector<Extent> held_ MSC_GUARDED_BY(mutex_);
  bool closing_ MSC_GUARDED_BY(mutex_) = false;
  // Runs FreeExpired; started by the first ReleaseReferencesLater.
  std::thread cache_thread_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::storage
