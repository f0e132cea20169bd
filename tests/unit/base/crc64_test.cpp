#include "emulator/base/crc64.h"

#include <gtest/gtest.h>

#include "emulator/base/encoding.h"

namespace msc {
namespace {

TEST(Crc64, MatchesTheServicesVector) {
  Crc64 crc64;
  crc64.Update(std::string_view("hello world"));

  EXPECT_EQ(Base64Encode(crc64.Finish()), "vo7q9sPVKY0=");
}

// The check value that catalogues of CRCs give for CRC-64/NVME.
TEST(Crc64, MatchesTheCheckValue) {
  Crc64 crc64;
  crc64.Update(std::string_view("123456789"));

  EXPECT_EQ(HexEncode(crc64.Finish()), "8898790a86148bae");
}

TEST(Crc64, DoesNotDependOnHowItIsFed) {
  const std::string text(1'000, 'x');
  Crc64 whole, pieces;
  whole.Update(text);

  for (std::size_t at = 0, size = 1; at < text.size(); at += size++) {
    pieces.Update(std::string_view(text).substr(at, size));
  }

  EXPECT_EQ(HexEncode(pieces.Finish()), HexEncode(whole.Finish()));
}

// By the definition: one bit after the other.
std::uint64_t BitByBit(std::string_view text) {
  std::uint64_t state = ~std::uint64_t{0};
  for (const char c : text) {
    state ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) {
      state = (state >> 1) ^ ((state & 1) != 0 ? 0x9A6C9329AC4BC9B5 : 0);
    }
  }
  return ~state;
}

TEST(Crc64, FollowsTheDefinitionForEverySizeAndPlace) {
  std::string text(700, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 31 % 251);

  for (std::size_t size = 0; size + 16 <= text.size(); ++size) {
    const auto piece = std::string_view(text).substr(size % 16, size);
    Crc64 crc64;
    crc64.Update(piece);
    EXPECT_EQ(crc64.value(), BitByBit(piece)) << size;
  }
}

TEST(Crc64, GoesOnAfterAPieceOfAnySize) {
  const std::string text = std::string(333, 'a') + std::string(64, 'b') + std::string(200, 'c');

  for (std::size_t at = 0; at <= text.size(); ++at) {
    Crc64 crc64;
    crc64.Update(std::string_view(text).substr(0, at));
    crc64.Update(std::string_view(text).substr(at));
    EXPECT_EQ(crc64.value(), BitByBit(text)) << at;
  }
}

}  // namespace
}  // namespace msc
