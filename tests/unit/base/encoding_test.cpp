#include "emulator/base/encoding.h"

#include <gtest/gtest.h>

#include <ostream>

namespace msc {
namespace {

Bytes AllBytes() {
  Bytes bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  return bytes;
}

struct EncodingRow {
  const char* name;
  std::string plain;
  std::string encoded;
};

void PrintTo(const EncodingRow& row, std::ostream* out) { *out << row.name; }

std::string EncodingName(const ::testing::TestParamInfo<EncodingRow>& row) {
  return row.param.name;
}

TEST(Hex, IsLowerCase) { EXPECT_EQ(HexEncode(std::string_view("\0\x1f\xAB\xFF", 4)), "001fabff"); }

class Base64Vector : public ::testing::TestWithParam<EncodingRow> {};

TEST_P(Base64Vector, Encodes) { EXPECT_EQ(Base64Encode(GetParam().plain), GetParam().encoded); }

TEST_P(Base64Vector, Decodes) { EXPECT_EQ(Base64Decode(GetParam().encoded), GetParam().plain); }

INSTANTIATE_TEST_SUITE_P(Rfc4648, Base64Vector,
                         ::testing::Values(EncodingRow{"None", "", ""},
                                           EncodingRow{"One", "f", "Zg=="},
                                           EncodingRow{"Two", "fo", "Zm8="},
                                           EncodingRow{"Three", "foo", "Zm9v"},
                                           EncodingRow{"Four", "foob", "Zm9vYg=="},
                                           EncodingRow{"Five", "fooba", "Zm9vYmE="},
                                           EncodingRow{"Six", "foobar", "Zm9vYmFy"},
                                           EncodingRow{"LastLetters", "\xFB\xEF\xFF", "++//"}),
                         EncodingName);

TEST(Base64, KeepsEveryByteAtEveryLength) {
  for (std::size_t size = 0; size <= 256; ++size) {
    const Bytes bytes = AllBytes().substr(256 - size);

    EXPECT_EQ(Base64Decode(Base64Encode(bytes)), bytes) << size;
  }
}

TEST(Base64, MayHaveBitsBehindTheEndWhereTheyAreForgiven) {
  EXPECT_EQ(Base64DecodeAnyTail("Zh=="), "f");
  EXPECT_EQ(Base64DecodeAnyTail("Zm9="), "fo");
  EXPECT_EQ(Base64DecodeAnyTail("Zm9"), std::nullopt);
  EXPECT_EQ(Base64DecodeAnyTail("Zm9!"), std::nullopt);
}

class BadBase64 : public ::testing::TestWithParam<EncodingRow> {};

TEST_P(BadBase64, IsRefused) { EXPECT_EQ(Base64Decode(GetParam().encoded), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(
    Texts, BadBase64,
    ::testing::Values(
        EncodingRow{"NoPadding", "", "Zg"}, EncodingRow{"HalfThePadding", "", "Zg="},
        EncodingRow{"TooMuchPadding", "", "Zg==="}, EncodingRow{"PaddingAlone", "", "===="},
        EncodingRow{"ThreeOfPadding", "", "Z==="}, EncodingRow{"PaddingInside", "", "Zg==Zm9v"},
        EncodingRow{"OneBitTooMany", "", "Zh=="}, EncodingRow{"AllBitsTooMany", "", "Zv=="},
        EncodingRow{"OneBitTooManyOfTwo", "", "Zm9="}, EncodingRow{"NewLine", "", "Zm9v\n"},
        EncodingRow{"NewLineInside", "", "Zm\n9"}, EncodingRow{"Blank", "", "Zm9 "},
        EncodingRow{"UrlAlphabet", "", "--__"}, EncodingRow{"Escaped", "", "Zg%3D%3D"},
        EncodingRow{"Nul", "", std::string("Zm9\0", 4)}, EncodingRow{"HighByte", "", "Zm9\xE9"}),
    EncodingName);

TEST(Percent, DecodesEveryByteInEitherCase) {
  for (const char c : AllBytes()) {
    const std::string upper = "%" + HexEncode({&c, 1});

    EXPECT_EQ(PercentDecode(upper), std::string(1, c));
    EXPECT_EQ(PercentDecode(PercentEncode({&c, 1})), std::string(1, c));
  }
}

class PercentDecoded : public ::testing::TestWithParam<EncodingRow> {};

TEST_P(PercentDecoded, Is) { EXPECT_EQ(PercentDecode(GetParam().encoded), GetParam().plain); }

INSTANTIATE_TEST_SUITE_P(Texts, PercentDecoded,
                         ::testing::Values(EncodingRow{"Empty", "", ""},
                                           EncodingRow{"PlusStays", "a+b", "a+b"},
                                           EncodingRow{"OnceAlone", "%41", "%2541"},
                                           EncodingRow{"MixedCase", "/:", "%2F%3a"},
                                           EncodingRow{"Nul", std::string("a\0b", 3), "a%00b"},
                                           EncodingRow{"AtTheEnd", "a b", "a%20b"}),
                         EncodingName);

class BadPercent : public ::testing::TestWithParam<EncodingRow> {};

TEST_P(BadPercent, IsRefused) { EXPECT_EQ(PercentDecode(GetParam().encoded), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(
    Texts, BadPercent,
    ::testing::Values(EncodingRow{"Alone", "", "%"}, EncodingRow{"OneDigit", "", "a%4"},
                      EncodingRow{"NoHex", "", "%zz"}, EncodingRow{"SecondNoHex", "", "%4g"},
                      EncodingRow{"Twice", "", "%%41"}, EncodingRow{"Sign", "", "%+4"},
                      EncodingRow{"Blank", "", "% 4"},
                      EncodingRow{"Nul", "", std::string("%4\0", 3)}),
    EncodingName);

constexpr std::string_view kPrintable = " !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~\x7F\xC3\xA9";

TEST(Percent, EncodesAsRfc3986) {
  EXPECT_EQ(PercentEncode(kPrintable),
            "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F09%3A%3B%3C%3D%3E%3F%40AZ%5B%5C%5D%5E_"
            "%60az%7B%7C%7D~%7F%C3%A9");
}

TEST(Percent, EncodesAsDotNet) {
  EXPECT_EQ(DotNetUrlEncode(kPrintable),
            "+!%22%23%24%25%26%27()*%2b%2c-.%2f09%3a%3b%3c%3d%3e%3f%40AZ%5b%5c%5d%5e_%60az%7b%7c"
            "%7d%7e%7f%c3%a9");
}

TEST(Markup, EscapesWhatEndsTextOrAttributes) {
  EXPECT_EQ(MarkupEscape("a<b>\"c\" & 'd'"), "a&lt;b&gt;&quot;c&quot; &amp; &#39;d&#39;");
}

class GoodUtf8 : public ::testing::TestWithParam<EncodingRow> {};

TEST_P(GoodUtf8, IsAccepted) { EXPECT_TRUE(IsUtf8(GetParam().encoded)); }

INSTANTIATE_TEST_SUITE_P(Texts, GoodUtf8,
                         ::testing::Values(EncodingRow{"Empty", "", ""},
                                           EncodingRow{"Ascii", "", "a\x7F"},
                                           EncodingRow{"Nul", "", std::string(1, '\0')},
                                           EncodingRow{"FirstOfTwo", "", "\xC2\x80"},
                                           EncodingRow{"LastOfTwo", "", "\xDF\xBF"},
                                           EncodingRow{"FirstOfThree", "", "\xE0\xA0\x80"},
                                           EncodingRow{"BeforeSurrogates", "", "\xED\x9F\xBF"},
                                           EncodingRow{"BehindSurrogates", "", "\xEE\x80\x80"},
                                           EncodingRow{"LastOfThree", "", "\xEF\xBF\xBF"},
                                           EncodingRow{"FirstOfFour", "", "\xF0\x90\x80\x80"},
                                           EncodingRow{"LastOfAll", "", "\xF4\x8F\xBF\xBF"},
                                           EncodingRow{"Mixed", "", "aé漢😀b"}),
                         EncodingName);

class BadUtf8 : public ::testing::TestWithParam<EncodingRow> {};

TEST_P(BadUtf8, IsRefused) { EXPECT_FALSE(IsUtf8(GetParam().encoded)); }

INSTANTIATE_TEST_SUITE_P(Texts, BadUtf8,
                         ::testing::Values(EncodingRow{"LoneContinuation", "", "\x80"},
                                           EncodingRow{"OverlongNul", "", "\xC0\x80"},
                                           EncodingRow{"OverlongSlash", "", "\xC1\xAF"},
                                           EncodingRow{"OverlongThree", "", "\xE0\x9F\xBF"},
                                           EncodingRow{"OverlongFour", "", "\xF0\x8F\xBF\xBF"},
                                           EncodingRow{"FirstSurrogate", "", "\xED\xA0\x80"},
                                           EncodingRow{"LastSurrogate", "", "\xED\xBF\xBF"},
                                           EncodingRow{"PastTheLast", "", "\xF4\x90\x80\x80"},
                                           EncodingRow{"LeadF5", "", "\xF5\x80\x80\x80"},
                                           EncodingRow{"LeadFF", "", "\xFF"},
                                           EncodingRow{"CutOfTwo", "", "\xC3"},
                                           EncodingRow{"CutOfThree", "", "\xE2\x82"},
                                           EncodingRow{"CutOfFour", "", "\xF0\x9F\x98"},
                                           EncodingRow{"TwoBroken", "", "\xC3("},
                                           EncodingRow{"ThirdBroken", "", "\xE2\x82("},
                                           EncodingRow{"Latin1", "", "caf\xE9"},
                                           EncodingRow{"OneTooMany", "", "\xC3\xA9\xA9"}),
                         EncodingName);

}  // namespace
}  // namespace msc
