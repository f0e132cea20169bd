#include "emulator/sweep/sweep_effects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace msc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SweepEffects, AreNoMoreWhereTheyAreTheSame) {
  const SweepEffects effects{.videos = 1, .commits = {{"/a", 1}, {"/b", 2}}};

  EXPECT_THAT(ExtraEffects(effects, effects), IsEmpty());
}

TEST(SweepEffects, AreNoMoreWhereTheyAreFewer) {
  EXPECT_THAT(ExtraEffects({.videos = 2, .commits = {{"/a", 2}, {"/b", 1}}},
                           {.videos = 1, .commits = {{"/a", 1}}}),
              IsEmpty());
}

TEST(SweepEffects, CountVideos) {
  EXPECT_THAT(ExtraEffects({.videos = 1}, {.videos = 3}), ElementsAre("3 videos instead of 1"));
}

TEST(SweepEffects, CompareBlobsByName) {
  EXPECT_THAT(
      ExtraEffects({.commits = {{"/a", 1}, {"/b", 2}}}, {.commits = {{"/a", 2}, {"/b", 1}}}),
      ElementsAre("/a was committed 2 times instead of 1"));
}

TEST(SweepEffects, CompareBlobsWhoseNamesDifferByHowOftenTheyWereCommitted) {
  EXPECT_THAT(
      ExtraEffects({.commits = {{"/a", 1}, {"/b", 2}}}, {.commits = {{"/c", 2}, {"/d", 1}}}),
      IsEmpty());
  EXPECT_THAT(
      ExtraEffects({.commits = {{"/a", 1}, {"/b", 2}}}, {.commits = {{"/c", 2}, {"/d", 2}}}),
      ElementsAre("/c was committed 2 times instead of 1"));
}

TEST(SweepEffects, KnowABlobThatShouldNotBe) {
  EXPECT_THAT(ExtraEffects({.commits = {{"/a", 1}}}, {.commits = {{"/a", 1}, {"/b", 1}}}),
              ElementsAre("/b was committed once instead of 0"));
}

}  // namespace
}  // namespace msc
