#include "emulator/processing/media/movie_fragment.h"

#include <gtest/gtest.h>

#include "emulator/processing/media/boxes.h"
#include "tests/unit/processing/media/box_builder.h"

namespace msc::processing {
namespace {

using testing::MakeBox;
using testing::MakeMoof;
using testing::Numbers;

TEST(MovieFragment, HasTheTimesOfDecodingAndPresentation) {
  const auto time = ReadFragmentTime(MakeMoof(100, 30, -7));

  ASSERT_TRUE(time);
  EXPECT_EQ(time->begins, 100);
  EXPECT_EQ(time->decoded, 107);
  EXPECT_EQ(time->duration, 30);
}

TEST(MovieFragment, LastsAsLongAsItsSamplesIfItDoesNotSay) {
  EXPECT_EQ(ReadFragmentTime(MakeMoof(100, 0, 0))->duration, 30);
}

TEST(MovieFragment, MayBeginBeforeZero) {
  EXPECT_EQ(ReadFragmentTime(MakeMoof(-232'200, 30, 0))->begins, -232'200);
}

TEST(MovieFragment, GetsItsTimeInBothBoxes) {
  const auto moof =
      WithDecodeTime(MakeMoof(100, 30, 0), {.decoded = 500, .begins = 510, .duration = 40});

  const auto tfdt = FindContent(moof, {"moof", "traf", "tfdt"});
  ASSERT_TRUE(tfdt);
  EXPECT_EQ(Number32(*tfdt, 0), 0x01000000U);
  EXPECT_EQ(Number64(*tfdt, 4), 500U);
  EXPECT_EQ(ReadFragmentTime(moof)->begins, 510);
  EXPECT_EQ(ReadFragmentTime(moof)->duration, 40);
}

TEST(MovieFragment, PointsToItsDataAfterItHasGrown) {
  const auto moof = WithDecodeTime(MakeMoof(100, 30, 0), {});

  const auto trun = FindContent(moof, {"moof", "traf", "trun"});
  ASSERT_TRUE(trun);
  EXPECT_EQ(Number32(*trun, 8), moof.size() + 8);
  EXPECT_EQ(moof.size(), MakeMoof(100, 30, 0).size() + kDecodeTimeSize);
}

TEST(MovieFragment, IsNotReadIfItsSamplesAreTorn) {
  const auto run = MakeBox("trun", Numbers({0x01000901, 0xFFFFFFFF, 0, 10, 0}));
  const auto tfhd = MakeBox("tfhd", Numbers({0x020000, 1}));

  EXPECT_FALSE(
      ReadFragmentTime(MakeBox("moof", MakeBox("traf", tfhd + run + testing::MakeTfxd(0, 0)))));
  EXPECT_FALSE(ReadFragmentTime(MakeBox("moof", MakeBox("traf", tfhd))));
  EXPECT_FALSE(ReadFragmentTime("moof"));
}

TEST(MovieFragment, IsNotReadIfItsTimesWouldOverflow) {
  EXPECT_FALSE(ReadFragmentTime(MakeMoof(INT64_MIN, 30, 7)));
  EXPECT_FALSE(ReadFragmentTime(MakeMoof(0, INT64_MAX, 0)));
}

}  // namespace
}  // namespace msc::processing
