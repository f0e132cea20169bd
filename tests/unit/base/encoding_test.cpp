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

struct Row {
  const char* name;
  std::string plain;
  std::string encoded;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

std::string NameOf(const ::testing::TestParamInfo<Row>& row) { return row.param.name; }

TEST(Hex, IsLowerCase) { EXPECT_EQ(HexEncode(std::string_view("\0\x1f\xAB\xFF", 4)), "001fabff"); }

class Base64Vector : public ::testing::TestWithParam<Row> {};

TEST_P(Base64Vector, Encodes) { EXPECT_EQ(Base64Encode(GetParam().plain), GetParam().encoded); }

TEST_P(Base64Vector, Decodes) { EXPECT_EQ(Base64Decode(GetParam().encoded), GetParam().plain); }

INSTANTIATE_TEST_SUITE_P(Rfc4648, Base64Vector,
                         ::testing::Values(Row{"None", "", ""}, Row{"One", "f", "Zg=="},
                                           Row{"Two", "fo", "Zm8="}, Row{"Three", "foo", "Zm9v"},
                                           Row{"Four", "foob", "Zm9vYg=="},
                                           Row{"Five", "fooba", "Zm9vYmE="},
                                           Row{"Six", "foobar", "Zm9vYmFy"},
                                           Row{"LastLetters", "\xFB\xEF\xFF", "++//"}),
                         NameOf);

TEST(Base64, KeepsEveryByteAtEveryLength) {
  for (std::size_t size = 0; size <= 256; ++size) {
    const Bytes bytes = AllBytes().substr(256 - size);

    EXPECT_EQ(Base64Decode(Base64Encode(bytes)), bytes) << size;
  }
}

class BadBase64 : public ::testing::TestWithParam<Row> {};

TEST_P(BadBase64, IsRefused) { EXPECT_EQ(Base64Decode(GetParam().encoded), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(
    Texts, BadBase64,
    ::testing::Values(Row{"NoPadding", "", "Zg"}, Row{"HalfThePadding", "", "Zg="},
                      Row{"TooMuchPadding", "", "Zg==="}, Row{"PaddingAlone", "", "===="},
                      Row{"ThreeOfPadding", "", "Z==="}, Row{"PaddingInside", "", "Zg==Zm9v"},
                      Row{"OneBitTooMany", "", "Zh=="}, Row{"AllBitsTooMany", "", "Zv=="},
                      Row{"OneBitTooManyOfTwo", "", "Zm9="}, Row{"NewLine", "", "Zm9v\n"},
                      Row{"NewLineInside", "", "Zm\n9"}, Row{"Blank", "", "Zm9 "},
                      Row{"UrlAlphabet", "", "--__"}, Row{"Escaped", "", "Zg%3D%3D"},
                      Row{"Nul", "", std::string("Zm9\0", 4)}, Row{"HighByte", "", "Zm9\xE9"}),
    NameOf);

TEST(Percent, DecodesEveryByteInEitherCase) {
  for (const char c : AllBytes()) {
    const std::string upper = "%" + HexEncode({&c, 1});

    EXPECT_EQ(PercentDecode(upper), std::string(1, c));
    EXPECT_EQ(PercentDecode(PercentEncode({&c, 1})), std::string(1, c));
  }
}

class PercentDecoded : public ::testing::TestWithParam<Row> {};

TEST_P(PercentDecoded, Is) { EXPECT_EQ(PercentDecode(GetParam().encoded), GetParam().plain); }

INSTANTIATE_TEST_SUITE_P(Texts, PercentDecoded,
                         ::testing::Values(Row{"Empty", "", ""}, Row{"PlusStays", "a+b", "a+b"},
                                           Row{"OnceAlone", "%41", "%2541"},
                                           Row{"MixedCase", "/:", "%2F%3a"},
                                           Row{"Nul", std::string("a\0b", 3), "a%00b"},
                                           Row{"AtTheEnd", "a b", "a%20b"}),
                         NameOf);

class BadPercent : public ::testing::TestWithParam<Row> {};

TEST_P(BadPercent, IsRefused) { EXPECT_EQ(PercentDecode(GetParam().encoded), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(Texts, BadPercent,
                         ::testing::Values(Row{"Alone", "", "%"}, Row{"OneDigit", "", "a%4"},
                                           Row{"NoHex", "", "%zz"}, Row{"SecondNoHex", "", "%4g"},
                                           Row{"Twice", "", "%%41"}, Row{"Sign", "", "%+4"},
                                           Row{"Blank", "", "% 4"},
                                           Row{"Nul", "", std::string("%4\0", 3)}),
                         NameOf);

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

class GoodUtf8 : public ::testing::TestWithParam<Row> {};

TEST_P(GoodUtf8, IsAccepted) { EXPECT_TRUE(IsUtf8(GetParam().encoded)); }

INSTANTIATE_TEST_SUITE_P(
    Texts, GoodUtf8,
    ::testing::Values(Row{"Empty", "", ""}, Row{"Ascii", "", "a\x7F"},
                      Row{"Nul", "", std::string(1, '\0')}, Row{"FirstOfTwo", "", "\xC2\x80"},
                      Row{"LastOfTwo", "", "\xDF\xBF"}, Row{"FirstOfThree", "", "\xE0\xA0\x80"},
                      Row{"BeforeSurrogates", "", "\xED\x9F\xBF"},
                      Row{"BehindSurrogates", "", "\xEE\x80\x80"},
                      Row{"LastOfThree", "", "\xEF\xBF\xBF"},
                      Row{"FirstOfFour", "", "\xF0\x90\x80\x80"},
                      Row{"LastOfAll", "", "\xF4\x8F\xBF\xBF"}, Row{"Mixed", "", "aé漢😀b"}),
    NameOf);

class BadUtf8 : public ::testing::TestWithParam<Row> {};

TEST_P(BadUtf8, IsRefused) { EXPECT_FALSE(IsUtf8(GetParam().encoded)); }

INSTANTIATE_TEST_SUITE_P(
    Texts, BadUtf8,
    ::testing::Values(
        Row{"LoneContinuation", "", "\x80"}, Row{"OverlongNul", "", "\xC0\x80"},
        Row{"OverlongSlash", "", "\xC1\xAF"}, Row{"OverlongThree", "", "\xE0\x9F\xBF"},
        Row{"OverlongFour", "", "\xF0\x8F\xBF\xBF"}, Row{"FirstSurrogate", "", "\xED\xA0\x80"},
        Row{"LastSurrogate", "", "\xED\xBF\xBF"}, Row{"PastTheLast", "", "\xF4\x90\x80\x80"},
        Row{"LeadF5", "", "\xF5\x80\x80\x80"}, Row{"LeadFF", "", "\xFF"},
        Row{"CutOfTwo", "", "\xC3"}, Row{"CutOfThree", "", "\xE2\x82"},
        Row{"CutOfFour", "", "\xF0\x9F\x98"}, Row{"TwoBroken", "", "\xC3("},
        Row{"ThirdBroken", "", "\xE2\x82("}, Row{"Latin1", "", "caf\xE9"},
        Row{"OneTooMany", "", "\xC3\xA9\xA9"}),
    NameOf);

}  // namespace
}  // namespace msc
