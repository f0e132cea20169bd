#include "storage_stub/region_allocator.h"

#include <algorithm>
#include <stdexcept>

namespace msc::storage {

Extent RegionOf(const Extent& extent) {
  return {extent.offset, (extent.length + kRegionUnit - 1) / kRegionUnit * kRegionUnit};
}

RegionAllocator::RegionAllocator(std::vector<Extent> used) {
  std::sort(used.begin(), used.end(),
            [](const Extent& left, const Extent& right) { return left.offset < right.offset; });
  for (const auto& extent : used) {
    const Extent region = RegionOf(extent);
    if (region.offset < end_) throw std::runtime_error("two blobs claim the same bytes");
    if (region.offset > end_) Insert({end_, region.offset - end_});
    end_ = region.end();
  }
}

Extent RegionAllocator::Take(std::uint64_t length) {
  const auto fit = sizes_.lower_bound({length, 0});
  const Extent taken{fit == sizes_.end() ? end_ : fit->second, length};
  TakeAt(taken);
  return taken;
}

bool RegionAllocator::TakeAt(const Extent& region) {
  if (region.offset == end_) {
    end_ = region.end();
    return true;
  }
  auto after = free_.upper_bound(region.offset);
  if (after == free_.begin()) return false;
  const auto found = std::prev(after);
  if (found->first + found->second < region.end()) return false;
  Cut(found, region);
  return true;
}

void RegionAllocator::Give(const Extent& region) {
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

std::vector<Extent> RegionAllocator::Free() const {
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

void RegionAllocator::Cut(Regions::iterator region, const Extent& taken) {
  const Extent whole{region->first, region->second};
  Erase(region);
  if (whole.offset < taken.offset) Insert({whole.offset, taken.offset - whole.offset});
  if (taken.end() < whole.end()) Insert({taken.end(), whole.end() - taken.end()});
}

}  // namespace msc::storage
