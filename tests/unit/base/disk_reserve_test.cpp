#include "emulator/base/disk_reserve.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/base/temporary_folder.h"

namespace msc {
namespace {

TEST(DiskReserve, KeepsThatManyBytes) {
  const testing::TemporaryFolder folder;
  DiskReserve reserve(folder.File("reserve"));

  reserve.Keep(100'000);

  EXPECT_EQ(std::filesystem::file_size(folder.File("reserve")), 100'000u);
  EXPECT_NO_THROW(reserve.Require());
}

TEST(DiskReserve, GivesBackWhatIsNotWantedAnyMore) {
  const testing::TemporaryFolder folder;
  DiskReserve reserve(folder.File("reserve"));
  reserve.Keep(100'000);

  reserve.Keep(10'000);

  EXPECT_EQ(std::filesystem::file_size(folder.File("reserve")), 10'000u);
}

TEST(DiskReserve, StaysWhileThereIsRoom) {
  const testing::TemporaryFolder folder;
  DiskReserve reserve(folder.File("reserve"));
  reserve.Keep(10'000);

  const DiskReserve::Use use(reserve);
  const DiskReserve::Writing writing(reserve);

  EXPECT_EQ(std::filesystem::file_size(folder.File("reserve")), 10'000u);
}

TEST(DiskReserve, NeedsNothingWithoutAPath) {
  DiskReserve reserve("");

  reserve.Keep(1'000'000'000);

  EXPECT_NO_THROW(reserve.Require());
  EXPECT_NO_THROW(DiskReserve::Use{reserve});
  EXPECT_NO_THROW(DiskReserve::Writing{reserve});
}

TEST(DiskReserve, IsNotNeededIfItCannotBeMade) {
  DiskReserve reserve("/no/such/folder/reserve");

  reserve.Keep(10'000);

  EXPECT_NO_THROW(reserve.Require());
}

}  // namespace
}  // namespace msc
