#include "emulator/base/ctr_cipher.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "emulator/base/encoding.h"

namespace msc {
namespace {

constexpr std::string_view kCtrPlain = "The quick brown fox jumps over the lazy dog.";

// Computed with another library: storage encryption with an IV of 8 bytes and a block number.
constexpr std::string_view kCtrCipherHex =
    "310a1ef156813c02e4d9b282eea8439482ce3b9c3b5217704ea5b9f43fa32fc6e27a0edcec6d8c4be8a7b373";

Bytes CtrKey() {
  Bytes key(Aes256Ctr::kKeySize, '\0');
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<char>(i);
  return key;
}

Bytes CtrIv() { return Bytes("\1\2\3\4\5\6\7\10", 8) + Bytes(8, '\0'); }

TEST(Aes256Ctr, EncryptsAsStorageEncryptionDoes) {
  Bytes text(kCtrPlain);

  Aes256Ctr(CtrKey(), CtrIv()).Apply(text);

  EXPECT_EQ(HexEncode(text), kCtrCipherHex);
}

TEST(Aes256Ctr, GoesOnWhereThePieceBeforeEnded) {
  Bytes text(kCtrPlain);
  Aes256Ctr cipher(CtrKey(), CtrIv());

  cipher.Apply(std::span(text).first(5));
  cipher.Apply(std::span(text).subspan(5));

  EXPECT_EQ(HexEncode(text), kCtrCipherHex);
}

TEST(Aes256Ctr, RejectsKeysAndIvsOfOtherSizes) {
  EXPECT_THROW(Aes256Ctr("short", CtrIv()), std::invalid_argument);
  EXPECT_THROW(Aes256Ctr(CtrKey(), "short"), std::invalid_argument);
}

}  // namespace
}  // namespace msc
