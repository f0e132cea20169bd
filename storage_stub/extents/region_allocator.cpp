#include "storage_stub/extents/region_allocator.h"

#include <algorithm>
#include <stdexcept>

namespace msc::storage {
namespace {

bool IsBefore(const Extent& left, const Extent& right) { return left.offset < right.offset; }

}  // namespace

Extent RegionOf(const Extent& extent) {
  return {extent.offset, (extent.length + kRegionUnit - 1) / kRegionUnit * kRegionUnit};
}

std::vector<Extent> Merged(std::vector<Extent> extents) {
  std::sort(extents.begin(), extents.end(), IsBefore);
  std::vector<Extent> merged;
  for (const auto& extent : extents) {
    if (!merged.empty() && merged.back().end() == extent.offset) {
      merged.back().length += extent.length;
    } else {
      merged.push_back(extent);
    }
  }
  return merged;
}

RegionAllocator::RegionAllocator(std::vector<Extent> used) {
  std::sort(used.begin(), used.end(), IsBefore);
  for (const auto& extent : used) {
    const Extent region = RegionOf(extent);
    if (region.offset < end_) throw std::runtime_error("two blobs claim the same bytes");
    if (region.offset > end_) Insert({end_, region.offset - end_});
    end_ = region.end();
  }
}

Extent RegionAllocator::Allocate(std::uint64_t length) {
  const auto fit = sizes_.lower_bound({length, 0});
  if (fit == sizes_.end()) {
    const Extent taken{end_, length};
    end_ = taken.end();
    return taken;
  }
  const Extent whole{fit->second, fit->first};
  Erase(free_.find(whole.offset));
  if (whole.length > length) Insert({whole.offset + length, whole.length - length});
  return {whole.offset, length};
}

void RegionAllocator::Free(const Extent& region) {
  Extent merged = region;
  auto after = free_.lower_bound(region.offset);
  if (after != free_.begin()) {
    const auto before = std::prev(after);
    if (before->first + before->second == merged.offset) {
      merged = {before->first, before->second + merged.length};
      Erase(before);
    }
  }
  if (after != free_.end() && merged.end() == after->first) {
    merged.length += after->second;
    Erase(after);
  }
  if (merged.end() == end_) {
    end_ = merged.offset;
  } else {
    Insert(merged);
  }
}

std::vector<Extent> RegionAllocator::FreeRegions() const {
  std::vector<Extent> regions;
  for (const auto& [offset, length] : free_) regions.push_back({offset, length});
  return regions;
}

void RegionAllocator::Insert(Extent region) {
  free_.emplace(region.offset, region.length);
  sizes_.emplace(region.length, region.offset);
}

void RegionAllocator::Erase(Regions::iterator region) {
  sizes_.erase({region->second, region->first});
  free_.erase(region);
}

}  // namespace msc::storage
