#include "emulator/base/crypto.h"

#include <gtest/gtest.h>

#include <ostream>

#include "emulator/base/encoding.h"

namespace msc {
namespace {

struct Vector {
  const char* name;
  std::string key;
  std::string text;
  const char* hex;
};

void PrintTo(const Vector& row, std::ostream* out) { *out << row.name; }

std::string VectorName(const ::testing::TestParamInfo<Vector>& row) { return row.param.name; }

class HmacSha256Vector : public ::testing::TestWithParam<Vector> {};

TEST_P(HmacSha256Vector, Matches) {
  EXPECT_EQ(HexEncode(HmacSha256(GetParam().key, GetParam().text)), GetParam().hex);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc4231, HmacSha256Vector,
    ::testing::Values(Vector{"Case1", std::string(20, '\x0b'), "Hi There",
                             "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
                      Vector{"Case2", "Jefe", "what do ya want for nothing?",
                             "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
                      Vector{"Case3", std::string(20, '\xaa'), std::string(50, '\xdd'),
                             "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
                      Vector{"Case6", std::string(131, '\xaa'),
                             "Test Using Larger Than Block-Size Key - Hash Key First",
                             "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"}),
    VectorName);

TEST(HmacSha256, TakesAnEmptyKeyAndText) {
  EXPECT_EQ(HexEncode(HmacSha256({}, {})),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(HmacKey, SignsAnyNumberOfTexts) {
  const HmacKey key("key");
  const HmacKey copy = key;

  EXPECT_EQ(key.Sign("one"), HmacSha256("key", "one"));
  EXPECT_EQ(copy.Sign("two"), HmacSha256("key", "two"));
  EXPECT_EQ(key.Sign("one"), HmacSha256("key", "one"));
}

class Sha256Vector : public ::testing::TestWithParam<Vector> {};

TEST_P(Sha256Vector, Matches) { EXPECT_EQ(HexEncode(Sha256(GetParam().text)), GetParam().hex); }

INSTANTIATE_TEST_SUITE_P(
    Fips180, Sha256Vector,
    ::testing::Values(
        Vector{"Empty", "", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        Vector{"OneBlock", "", "abc",
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        Vector{"TwoBlocks", "", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        Vector{"Million", "", std::string(1'000'000, 'a'),
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}),
    VectorName);

TEST(Sha256Stream, GivesTheDigestOfAllPieces) {
  const std::string text(100'000, 'x');
  Sha256Stream stream;
  stream.Update(std::string_view(text).substr(0, 7));
  stream.Update(std::string_view(text).substr(7));

  EXPECT_EQ(stream.Finish(), Sha256(text));
}

class Md5Vector : public ::testing::TestWithParam<Vector> {};

TEST_P(Md5Vector, MatchesInOnePiece) {
  Md5 md5;
  md5.Update(GetParam().text);

  EXPECT_EQ(HexEncode(md5.Finish()), GetParam().hex);
}

TEST_P(Md5Vector, MatchesByteByByte) {
  Md5 md5;
  for (const char& c : GetParam().text) md5.Update(std::span(&c, 1));

  EXPECT_EQ(HexEncode(md5.Finish()), GetParam().hex);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc1321, Md5Vector,
    ::testing::Values(Vector{"Empty", "", "", "d41d8cd98f00b204e9800998ecf8427e"},
                      Vector{"Digest", "", "message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
                      Vector{"Alphanumeric", "",
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                             "d174ab98d277d9f5a5611c2c9f419d9f"}),
    VectorName);

TEST(SameBytes, ComparesEveryByte) {
  EXPECT_TRUE(SameBytes("signature", "signature"));
  EXPECT_FALSE(SameBytes("signature", "Signature"));
  EXPECT_FALSE(SameBytes("signature", "signaturE"));
}

TEST(SameBytes, ComparesBytesAfterANul) {
  EXPECT_FALSE(SameBytes(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

TEST(SameBytes, LengthCounts) {
  EXPECT_FALSE(SameBytes("sign", "signature"));
  EXPECT_FALSE(SameBytes("", "a"));
  EXPECT_TRUE(SameBytes({}, ""));
}

}  // namespace
}  // namespace msc
