#include "emulator/base/text.h"

#include <gmock/gmock.h>

namespace msc {
namespace {

using ::testing::ElementsAre;

TEST(Text, CaseIsThatOfAsciiAlone) {
  EXPECT_EQ(ToLower(std::string_view("AZaz09@[\xC9")), "azaz09@[\xC9");
  EXPECT_TRUE(EqualsIgnoringCase("Content-TYPE", "content-type"));
  EXPECT_FALSE(EqualsIgnoringCase("\xC9", "\xE9"));
  EXPECT_FALSE(EqualsIgnoringCase("@", "`"));
  EXPECT_FALSE(EqualsIgnoringCase("a", "ab"));
}

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_THAT(Split("", ','), ElementsAre(""));
  EXPECT_THAT(Split(",a,,b,", ','), ElementsAre("", "a", "", "b", ""));
}

TEST(Text, JoinUndoesSplit) {
  EXPECT_EQ(Join({}, ','), "");
  EXPECT_EQ(Join({"", "a", "", "b", ""}, ','), ",a,,b,");
}

TEST(Text, TrimTakesBlanksAndTabsAlone) {
  EXPECT_EQ(Trim(" \t a b\t "), "a b");
  EXPECT_EQ(Trim(" \t "), "");
  EXPECT_EQ(Trim("\ra\n"), "\ra\n");
}

TEST(Text, HexDigitsHaveTheirValues) {
  EXPECT_EQ(HexDigit('0'), 0u);
  EXPECT_EQ(HexDigit('9'), 9u);
  EXPECT_EQ(HexDigit('a'), 10u);
  EXPECT_EQ(HexDigit('F'), 15u);
  for (const char c : {'g', 'G', '/', ':', '@', '`', '\0', '\xE9'}) {
    EXPECT_EQ(HexDigit(c), std::nullopt);
  }
}

TEST(Text, UnsignedFillsItsBits) {
  EXPECT_EQ(ParseUnsigned("0"), 0u);
  EXPECT_EQ(ParseUnsigned("007"), 7u);
  EXPECT_EQ(ParseUnsigned("18446744073709551615"), UINT64_MAX);
}

class BadNumber : public ::testing::TestWithParam<std::string> {};

TEST_P(BadNumber, IsRefused) { EXPECT_EQ(ParseUnsigned(GetParam()), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(Texts, BadNumber,
                         ::testing::Values("", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1\n",
                                           std::string("1\0", 2), "18446744073709551616",
                                           std::string(1000, '9')));

TEST(ParseByteCount, TakesUnits) {
  EXPECT_EQ(ParseByteCount("4096"), 4096U);
  EXPECT_EQ(ParseByteCount("2GiB"), std::uint64_t{2} << 30);
  EXPECT_EQ(ParseByteCount("500mb"), 500'000'000U);
}

TEST(ParseByteCount, RejectsEverythingElse) {
  for (const char* text : {"", "GiB", "-1", "1.5GiB", "1 GiB", "1XB", "18446744073709551616",
                           "99999999999TiB", "0x10"}) {
    EXPECT_FALSE(ParseByteCount(text)) << text;
  }
}

}  // namespace
}  // namespace msc
