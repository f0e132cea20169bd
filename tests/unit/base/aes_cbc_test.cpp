#include "emulator/base/aes_cbc.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"

namespace msc {
namespace {

std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(*HexDigit(hex[i]) * 16 + *HexDigit(hex[i + 1]));
  }
  return bytes;
}

// "Recommendation for Block Cipher Modes of Operation", NIST SP 800-38A, section F.2.1,
// https://csrc.nist.gov/pubs/sp/800/38/a/final
TEST(AesCbcEncryptor, EncryptsTheVectorsOfNist) {
  AesCbcEncryptor cipher(FromHex("2b7e151628aed2a6abf7158809cf4f3c"),
                         FromHex("000102030405060708090a0b0c0d0e0f"));
  auto first = FromHex("6bc1bee22e409f96e93d7e117393172a");
  auto rest = FromHex("ae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52ef");

  cipher.Encrypt(first);
  cipher.Encrypt(rest);

  EXPECT_EQ(HexEncode(first), "7649abac8119b246cee98e9b12e9197d");
  EXPECT_EQ(HexEncode(rest), "5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e22229516");
}

TEST(AesCbcEncryptor, TakesOnlyKeysOf16Bytes) {
  EXPECT_THROW(AesCbcEncryptor(std::string(15, 'k'), std::string(16, 'v')), std::runtime_error);
  EXPECT_THROW(AesCbcEncryptor(std::string(16, 'k'), std::string(15, 'v')), std::runtime_error);
}

}  // namespace
}  // namespace msc
