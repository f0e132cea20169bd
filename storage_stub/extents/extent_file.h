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

#include "emulator/base/file_identity.h"
#include "emulator/base/mutex.h"
#include "storage_stub/extents/region_allocator.h"

namespace msc::storage {

// Its name in a data folder.
inline constexpr const char* kBytesFile = "blobs.bytes";

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
  // is released. `durability`: what bytes survive after Secure was called for them. Throws
  // std::runtime_error if the file cannot be opened or written, or is shorter than `used` says.
  ExtentFile(const std::string& path, std::vector<Extent> used,
             Durability durability = Durability::kProcess);
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

  // Throws std::runtime_error if the disk is full or broken.
  void Write(std::uint64_t offset, std::span<const char> bytes);

  // Makes `extent`, which was written, as durable as `durability` demands. Throws
  // std::runtime_error if the disk is broken; also Check's errors.
  void Secure(const Extent& extent);

  // Throws std::runtime_error if the file was removed, replaced or truncated from outside: then
  // writes would be lost and reads would be wrong.
  void Check() const;

  // Throws std::runtime_error if `extent`, which was written without a gap, has lost bytes since,
  // because the file was truncated from outside. `crc64`: of what was written.
  void CheckWritten(const Extent& extent, std::uint64_t crc64) const;

  // Fills `bytes`; throws std::runtime_error if the file is too short.
  void Read(std::uint64_t offset, std::span<char> bytes) const;

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

  // Its size. Throws if the name stands for another file or none.
  std::uint64_t Size() const;

  std::uint64_t Crc64Of(const Extent& extent) const;

  const bool has_name_;
  const std::string name_;
  int file_;
  FileIdentity identity_;
  const Durability durability_;
  std::atomic<bool> unsynced_ = false;
  mutable Mutex mutex_;
  ConditionVariable changed_;
  RegionAllocator regions_ MSC_GUARDED_BY(mutex_);
  // References beyond the first, by offset.
  std::unordered_map<std::uint64_t, int> more_ MSC_GUARDED_BY(mutex_);
  std::deque<CachedRegion> cached_ MSC_GUARDED_BY(mutex_);  // Oldest first.
  std::uint64_t secured_end_ MSC_GUARDED_BY(mutex_) = 0;    // The file is at least that long.
  bool closing_ MSC_GUARDED_BY(mutex_) = false;
  // Runs FreeExpired; started by the first ReleaseReferencesLater.
  std::thread cache_thread_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::storage
