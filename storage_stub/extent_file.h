#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "storage_stub/region_allocator.h"

namespace msc::storage {

class ExtentFile;

// Keeps extents from being reused while somebody reads them.
class Pin {
 public:
  Pin(std::shared_ptr<ExtentFile> file, std::vector<Extent> extents);
  ~Pin();
  Pin(Pin&&) noexcept = default;
  Pin& operator=(Pin&&) = delete;
  Pin(const Pin&) = delete;

  const std::vector<Extent>& extents() const { return extents_; }
  const ExtentFile& file() const { return *file_; }

 private:
  std::shared_ptr<ExtentFile> file_;
  std::vector<Extent> extents_;
};

// The bytes of all blobs: one sparse file in which blobs have extents. Which of them is whose
// stands in the records, so that what no record names is free again after a restart. Thread-safe.
class ExtentFile {
 public:
  // Opens or makes the file at `path`, or one without a name, which goes with the process, where
  // `path` is empty. Everything but `used` is free and is given back to the file system. Throws
  // std::runtime_error if the file cannot be opened or written, or is shorter than `used` says.
  ExtentFile(const std::string& path, std::vector<Extent> used);
  ~ExtentFile();
  ExtentFile(const ExtentFile&) = delete;
  ExtentFile& operator=(const ExtentFile&) = delete;

  // A region of at least `length` bytes that is nobody else's. REQUIRES: `length` is not 0.
  Extent Take(std::uint64_t length);

  // Makes `extent` longer by `length` bytes if what lies behind its region is free.
  // REQUIRES: `extent` and `length` are multiples of kRegionUnit.
  bool Grow(Extent& extent, std::uint64_t length);

  // Gives extents back, each once the last Pin on it is gone.
  void Free(const std::vector<Extent>& extents) noexcept;

  // The same for what was just replaced and is likely to be replaced again: kept for kWarmTime (of
  // transport time), so that the next write finds pages that are in memory already, which is many
  // times faster than asking the system for new ones.
  void Retire(const std::vector<Extent>& extents) noexcept;

  // Gives back now what Retire keeps.
  void DropWarm() noexcept;

  // Throws std::runtime_error where the disk is full or broken.
  void Write(std::uint64_t offset, std::span<const char> bytes);

  // Fills `bytes`; throws std::runtime_error where the file has fewer.
  void Read(std::uint64_t offset, std::span<char> bytes) const;

 private:
  friend class Pin;
  struct Use {
    int readers = 0;
    Extent doomed = {};  // To be freed by the last reader; empty: not yet.
  };

  struct Warm {
    Extent region;
    std::chrono::steady_clock::time_point until;
  };

  static constexpr std::chrono::seconds kWarmTime{5};

  // Whether a reader is on it, who frees it then.
  bool DoomIfRead(const Extent& extent);
  std::optional<Extent> TakeWarm(std::uint64_t length);
  void KeepWarm(const Extent& region);
  void Cool();
  void AddReader(const std::vector<Extent>& extents);
  void RemoveReader(const std::vector<Extent>& extents) noexcept;
  void GiveBack(const Extent& region) noexcept;
  void Punch(const Extent& region) const noexcept;

  int file_;
  std::mutex mutex_;
  RegionAllocator regions_;
  std::map<std::uint64_t, Use> pinned_;  // By offset.
  std::deque<Warm> warm_;                // Oldest first.
  bool closing_ = false;
  std::condition_variable changed_;
  std::thread cooler_;  // Runs Cool from the first Retire on.
};

}  // namespace msc::storage
