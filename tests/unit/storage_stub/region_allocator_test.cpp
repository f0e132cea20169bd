#include "storage_stub/extents/region_allocator.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace msc::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint64_t kUnit = kRegionUnit;

TEST(RegionAllocator, RoundsExtentsUpToUnits) {
  EXPECT_EQ(RegionOf({kUnit, 1}), (Extent{kUnit, kUnit}));
  EXPECT_EQ(RegionOf({0, kUnit}), (Extent{0, kUnit}));
  EXPECT_EQ(RegionOf({0, kUnit + 1}), (Extent{0, 2 * kUnit}));
}

TEST(RegionAllocator, TakesOneAfterTheOther) {
  RegionAllocator regions;

  EXPECT_EQ(regions.Allocate(kUnit), (Extent{0, kUnit}));
  EXPECT_EQ(regions.Allocate(2 * kUnit), (Extent{kUnit, 2 * kUnit}));
  EXPECT_EQ(regions.end(), 3 * kUnit);
}

TEST(RegionAllocator, ReusesTheSmallestFreeRegionThatFits) {
  RegionAllocator regions({{3 * kUnit, kUnit}, {5 * kUnit, kUnit}});

  EXPECT_EQ(regions.Allocate(kUnit), (Extent{4 * kUnit, kUnit}));
  EXPECT_EQ(regions.Allocate(2 * kUnit), (Extent{0, 2 * kUnit}));
  EXPECT_THAT(regions.FreeRegions(), ElementsAre(Extent{2 * kUnit, kUnit}));
}

TEST(RegionAllocator, JoinsFreeNeighbours) {
  RegionAllocator regions({{0, 4 * kUnit}});

  regions.Free({0, kUnit});
  regions.Free({2 * kUnit, kUnit});
  regions.Free({kUnit, kUnit});

  EXPECT_THAT(regions.FreeRegions(), ElementsAre(Extent{0, 3 * kUnit}));
}

TEST(RegionAllocator, EndsBehindTheLastRegionInUse) {
  RegionAllocator regions({{0, 3 * kUnit}});

  regions.Free({kUnit, kUnit});
  regions.Free({2 * kUnit, kUnit});

  EXPECT_EQ(regions.end(), kUnit);
  EXPECT_THAT(regions.FreeRegions(), IsEmpty());
}

TEST(RegionAllocator, MergesWhatTouches) {
  EXPECT_THAT(Merged({{3 * kUnit, kUnit}, {0, kUnit}, {kUnit, kUnit}}),
              ElementsAre(Extent{0, 2 * kUnit}, Extent{3 * kUnit, kUnit}));
}

TEST(RegionAllocator, IsRebuiltFromWhatIsUsed) {
  const RegionAllocator regions({{4 * kUnit, 1}, {kUnit, kUnit + 1}});

  EXPECT_THAT(regions.FreeRegions(), ElementsAre(Extent{0, kUnit}, Extent{3 * kUnit, kUnit}));
  EXPECT_EQ(regions.end(), 5 * kUnit);
}

TEST(RegionAllocator, RefusesRecordsThatOverlap) {
  EXPECT_THROW(RegionAllocator({{0, kUnit + 1}, {kUnit, 1}}), std::runtime_error);
}

TEST(RegionAllocator, NeverHandsOutARegionTwice) {
  RegionAllocator regions;
  std::vector<Extent> taken;
  for (std::uint64_t step = 1; step < 2'000; ++step) {
    if (step % 3 == 0) {
      const auto victim = taken.begin() + static_cast<long>(step * 7919 % taken.size());
      regions.Free(*victim);
      taken.erase(victim);
    } else {
      taken.push_back(regions.Allocate((step * 31 % 9 + 1) * kUnit));
    }
  }

  EXPECT_NO_THROW(RegionAllocator{taken});
  EXPECT_EQ(RegionAllocator(taken).FreeRegions(), regions.FreeRegions());
  EXPECT_EQ(RegionAllocator(taken).end(), regions.end());
}

}  // namespace
}  // namespace msc::storage
