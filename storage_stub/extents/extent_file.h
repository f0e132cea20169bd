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

#include "emulator/base/mutex.h"
#include "storage_stub/extents/region_allocator.h"

namespace msc::storage {

class ExtentFile;

// A reference to extents for as long as it lives: nobody reuses them meanwhile.
class Pin {
 public:
  Pin(std::shared_ptr<ExtentFile> file, std::vector<Extent> extents);
  ~Pin();
  Pin(Pin&&) noexcept = default;
  Pin& operator=(Pin&&) = delete;
  Pin(const Pin&) = delete;

  // Leaves the references to the records that name the extents now.
  void Dismiss() { extents_.clear(); }

  const std::vector<Extent>& extents() const { return extents_; }
  const ExtentFile& file() const { return *file_; }

 private:
  std::shared_ptr<ExtentFile> file_;
  std::vector<Extent> extents_;
};

// The bytes of all blobs and blocks: one sparse file in which each has an extent. Which of them is
// whose stands in the records, so that what no record names is free again after a restart. Every
// record that names an extent holds a reference to it, and so does every reader; bytes go when the
// last reference does. Thread-safe.
class ExtentFile {
 public:
  // Opens or makes the file at `path`, or one without a name, which goes with the process, where
  // `path` is empty. `used`: one entry a reference; all else is free and is given back to the file
  // system. `durability`: what bytes survive once Secure was called on them. Throws
  // std::runtime_error if the file cannot be opened or written, or is shorter than `used` says.
  ExtentFile(const std::string& path, std::vector<Extent> used,
             Durability durability = Durability::kProcess);
  ~ExtentFile();
  ExtentFile(const ExtentFile&) = delete;
  ExtentFile& operator=(const ExtentFile&) = delete;

  // A region of at least `length` bytes that is nobody else's. REQUIRES: `length` is not 0.
  Extent Allocate(std::uint64_t length);

  // Adds a reference to each of `extents`, to which there is one already. Empty ones have none.
  void AddReferences(const std::vector<Extent>& extents);

  // Takes a reference to each of `extents` back, and gives back what has none left.
  void ReleaseReferences(const std::vector<Extent>& extents) noexcept;

  // The same for what was just replaced and is likely to be replaced again: kept for kCacheTime (of
  // transport time), so that the next write finds pages that are in memory already, which is many
  // times faster than asking the system for new ones.
  void ReleaseReferencesLater(const std::vector<Extent>& extents) noexcept;

  // Gives back the region itself, which nobody else refers to.
  void Free(const Extent& region) noexcept;

  // Gives back now what ReleaseReferencesLater keeps.
  void FreeCached() noexcept;

  // Throws std::runtime_error where the disk is full or broken.
  void Write(std::uint64_t offset, std::span<const char> bytes);

  // Makes `extent`, which was written, as durable as was asked for. Throws std::runtime_error where
  // the disk is broken; also Check's.
  void Secure(const Extent& extent);

  // Throws std::runtime_error where somebody outside has removed or cut the file, so that what is
  // written now would be lost, and what is read be wrong.
  void Check() const;

  // Fills `bytes`; throws std::runtime_error where the file has fewer.
  void Read(std::uint64_t offset, std::span<char> bytes) const;

 private:
  struct CachedRegion {
    Extent region;
    std::chrono::steady_clock::time_point until;
  };

  static constexpr std::chrono::seconds kCacheTime{5};

  // The regions, in order and as long as can be, of those of `extents` that lose their last
  // reference.
  std::vector<Extent> Unreferenced(const std::vector<Extent>& extents) MSC_EXCLUDES(mutex_);
  std::vector<Extent> UnreferencedLocked(const std::vector<Extent>& extents) MSC_REQUIRES(mutex_);
  std::optional<Extent> AllocateCachedLocked(std::uint64_t length) MSC_REQUIRES(mutex_);
  void Cache(const Extent& region) MSC_EXCLUDES(mutex_);
  void FreeExpired();

  // Takes the next cached region whose time is over out of the cache; nullopt when the file closes.
  std::optional<Extent> WaitForExpired() MSC_EXCLUDES(mutex_);

  void Punch(const Extent& region) const noexcept;

  const bool has_name_;
  const std::string name_;  // For people.
  int file_;
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
  // Runs FreeExpired from the first ReleaseReferencesLater on.
  std::thread cache_thread_ MSC_GUARDED_BY(mutex_);
};

}  // namespace msc::storage
