#include "emulator/base/plaintext.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace msc {
namespace {

std::string Chance(std::size_t size, unsigned seed) {
  std::mt19937 chance(seed);
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(chance());
  return bytes;
}

TEST(Plaintext, BeginsAsMediaFilesDo) {
  const auto noise = Chance(4096, 1);
  for (const std::string& begin : {std::string("\0\0\0\x18"
                                               "ftypisom",
                                               12),
                                   std::string("\x1A\x45\xDF\xA3"), std::string("RIFF....AVI "),
                                   std::string("FLV\x01"), std::string("OggS")}) {
    EXPECT_TRUE(LooksLikePlaintext(begin + noise));
  }
}

TEST(Plaintext, IsSpreadUnevenly) {
  std::string text;
  while (text.size() < 4096) text += "The quick brown fox jumps over the lazy dog. ";

  EXPECT_TRUE(LooksLikePlaintext(text));
  EXPECT_TRUE(LooksLikePlaintext(std::string(4096, '\0')));
}

TEST(Plaintext, IsTextWhereItIsShort) { EXPECT_TRUE(LooksLikePlaintext("some plain text")); }

TEST(Plaintext, IsNothingThatACipherGave) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    EXPECT_FALSE(LooksLikePlaintext(Chance(4096, seed))) << seed;
    EXPECT_FALSE(LooksLikePlaintext(Chance(64, seed))) << seed;
  }
}

TEST(Plaintext, IsNotAnEmptyHead) { EXPECT_FALSE(LooksLikePlaintext("")); }

}  // namespace
}  // namespace msc
