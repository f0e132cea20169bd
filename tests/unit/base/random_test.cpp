#include "emulator/base/random.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "emulator/base/encoding.h"
#include "emulator/base/guid.h"

namespace msc {
namespace {

TEST(SeededRandom, IsTheSameOnEveryMachine) {
  Random random(42, 0);

  // HMAC-SHA256 of "0", then of "1", under SHA-256("42/0"); computed with Python's hashlib.
  EXPECT_EQ(HexEncode(random.Next(40)),
            "568de43342c8be11faa6e4af5b6f1d76cf01769f67b006a0c93b457139586562684919d526757ac8");
}

TEST(SeededRandom, SameSeedGivesTheSameBytes) {
  Random first(7, 3), second(7, 3);

  EXPECT_EQ(first.Next(100), second.Next(100));
  EXPECT_EQ(first.Next(1), second.Next(1));
}

TEST(SeededRandom, OtherSeedGivesOtherBytes) {
  EXPECT_NE(Random(7, 0).Next(16), Random(8, 0).Next(16));
}

TEST(SeededRandom, OtherGenerationGivesOtherBytes) {
  EXPECT_NE(Random(7, 0).Next(16), Random(7, 1).Next(16));
}

TEST(SeededRandom, SeedAndGenerationDoNotRunTogether) {
  EXPECT_NE(Random(1, 11).Next(16), Random(11, 1).Next(16));
}

TEST(SeededRandom, DoesNotRepeatItself) {
  Random random(42, 0);
  std::set<Bytes> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(random.Next(16));

  EXPECT_EQ(seen.size(), 1'000u);
}

TEST(SeededRandom, GivesEachPieceToOneOfTwoThreads) {
  Random random(42, 0);
  std::vector<Bytes> mine, others;
  const auto deal = [&random](std::vector<Bytes>& pieces) {
    for (int i = 0; i < 1'000; ++i) pieces.push_back(random.Next(32));
  };

  std::thread other([&] { deal(others); });
  deal(mine);
  other.join();

  std::set<Bytes> seen(mine.begin(), mine.end());
  seen.insert(others.begin(), others.end());
  EXPECT_EQ(seen.size(), 2'000u);
}

TEST(SeededRandom, GivesTheSameAgainFromAPosition) {
  Random random(42, 0), other(42, 0);
  random.Next(33);
  const std::uint64_t position = random.position();
  const Bytes dealt = random.Next(100);

  random.Rewind(position);
  other.Rewind(position);

  EXPECT_EQ(random.Next(100), dealt);
  EXPECT_EQ(other.Next(100), dealt);
}

TEST(SeededRandom, BeginsAtPositionZero) {
  Random random(42, 0);
  const Bytes first = random.Next(16);

  random.Rewind(0);

  EXPECT_EQ(random.Next(16), first);
}

TEST(UnseededRandom, HasNoPosition) {
  Random random;
  const Bytes dealt = random.Next(16);

  random.Rewind(7);

  EXPECT_EQ(random.position(), 0u);
  EXPECT_NE(random.Next(16), dealt);
}

TEST(UnseededRandom, DoesNotRepeatItself) {
  Random random;
  std::set<Bytes> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(random.Next(12));

  EXPECT_EQ(seen.size(), 1'000u);
}

TEST(UnseededRandom, Differs) { EXPECT_NE(Random().Next(16), Random().Next(16)); }

TEST(UnseededRandom, GivesAsManyBytesAsAsked) {
  Random random;

  for (const std::size_t size : {0u, 1u, 31u, 32u, 33u, 4'096u}) {
    EXPECT_EQ(random.Next(size).size(), size);
  }
}

TEST(Guid, IsOfVersionFour) {
  Random random(42, 0);
  for (int i = 0; i < 100; ++i) {
    const std::string guid = NewGuid(random);

    ASSERT_EQ(ParseGuid(guid), guid);
    EXPECT_EQ(guid[14], '4');
    EXPECT_NE(std::string_view("89ab").find(guid[19]), std::string_view::npos);
  }
}

TEST(Guid, IsReadInEitherCase) {
  EXPECT_EQ(ParseGuid("F6EB7A33-e745-4E0B-bebb-54ABCB56EE5F"),
            "f6eb7a33-e745-4e0b-bebb-54abcb56ee5f");
}

class BadGuid : public ::testing::TestWithParam<std::string> {};

TEST_P(BadGuid, IsRefused) { EXPECT_EQ(ParseGuid(GetParam()), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(Texts, BadGuid,
                         ::testing::Values("", "x", "f6eb7a33e7454e0bbebb54abcb56ee5f",
                                           "{f6eb7a33-e745-4e0b-bebb-54abcb56ee5f}",
                                           "f6eb7a33-e745-4e0b-bebb-54abcb56ee5",
                                           "f6eb7a33-e745-4e0b-bebb-54abcb56ee5f0",
                                           "g6eb7a33-e745-4e0b-bebb-54abcb56ee5f",
                                           "f6eb7a33-e745-4e0b-bebb_54abcb56ee5f",
                                           "f6eb7a3-3e745-4e0b-bebb-54abcb56ee5f",
                                           " f6eb7a33-e745-4e0b-bebb-54abcb56ee5",
                                           std::string(36, '\0'), std::string(36, '-'),
                                           std::string(65536, 'a')));

}  // namespace
}  // namespace msc
