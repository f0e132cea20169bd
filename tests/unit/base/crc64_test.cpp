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

}  // namespace
}  // namespace msc
