#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace msc::storage {

// A run of bytes in a file.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  std::uint64_t end() const { return offset + length; }

  friend bool operator==(const Extent&, const Extent&) = default;
};

// Regions begin and end at multiples of this many bytes, because file systems free space in such
// units.
inline constexpr std::uint64_t kRegionUnit = 4096;

// The region that contains an extent.
Extent RegionOf(const Extent& extent);

// The same bytes in order; adjacent extents are merged.
std::vector<Extent> Merged(std::vector<Extent> extents);

// Knows which regions of a file are free. Everything from end() on is free too. Not thread-safe.
class RegionAllocator {
 public:
  RegionAllocator() = default;

  // Everything except the regions of `used` is free. Throws std::runtime_error if two of them
  // overlap.
  explicit RegionAllocator(std::vector<Extent> used);

  // Allocates a region of `length` bytes: in the smallest free region that is large enough, else at
  // the end. REQUIRES: `length` is a multiple of kRegionUnit and not 0.
  Extent Allocate(std::uint64_t length);

  // Frees a region. REQUIRES: it is allocated; it may be part of an allocated region.
  void Free(const Extent& region);

  // The end of the last region that is in use.
  std::uint64_t end() const { return end_; }

  // Free regions before end(), in order and merged.
  std::vector<Extent> FreeRegions() const;

 private:
  using Regions = std::map<std::uint64_t, std::uint64_t>;

  void Insert(Extent region);
  void Erase(Regions::iterator region);

  Regions free_;                                             // Length by offset.
  std::set<std::pair<std::uint64_t, std::uint64_t>> sizes_;  // Length and offset.
  std::uint64_t end_ = 0;
};

}  // namespace msc::storage
