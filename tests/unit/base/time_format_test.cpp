#include "emulator/base/time_format.h"

#include <gtest/gtest.h>

#include <ostream>

namespace msc {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Time kMoment{milliseconds(1'427'139'007'123)};  // 2015-03-23T19:30:07.123Z
constexpr Time kSecond{seconds(1'427'139'007)};

TEST(TimeFormat, WritesEveryForm) {
  EXPECT_EQ(FormatSeconds(kMoment), "2015-03-23T19:30:07Z");
  EXPECT_EQ(FormatMillis(kMoment), "2015-03-23T19:30:07.123Z");
  EXPECT_EQ(FormatTicks(kMoment), "2015-03-23T19:30:07.1230000Z");
  EXPECT_EQ(FormatHttpDate(kMoment), "Mon, 23 Mar 2015 19:30:07 GMT");
}

TEST(TimeFormat, WritesTheYearsBeforeTheEpoch) {
  EXPECT_EQ(FormatMillis(Time(milliseconds(-1))), "1969-12-31T23:59:59.999Z");
}

TEST(TimeFormat, WritesTheExampleOfRfc9110) {
  EXPECT_EQ(FormatHttpDate(Time(seconds(784'111'777))), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(TimeFormat, ReadsWhatItWritesAcrossLeapYears) {
  // A day, an hour, a minute, a second and a millisecond, from 1970 to far past 2100, no leap year.
  constexpr milliseconds kStep(90'061'001);
  for (Time time{}; time < Time(seconds(5'000'000'000)); time += 17 * kStep) {
    const Time whole = std::chrono::floor<seconds>(time);

    ASSERT_EQ(ParseIso8601(FormatMillis(time)), time);
    ASSERT_EQ(ParseIso8601(FormatTicks(time)), time);
    ASSERT_EQ(ParseIso8601(FormatSeconds(time)), whole);
    ASSERT_EQ(ParseHttpDate(FormatHttpDate(time)), whole);
  }
}

struct Row {
  const char* name;
  std::string text;
  Time time = {};
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

std::string NameOf(const ::testing::TestParamInfo<Row>& row) { return row.param.name; }

class GoodIso8601 : public ::testing::TestWithParam<Row> {};

TEST_P(GoodIso8601, IsRead) { EXPECT_EQ(ParseIso8601(GetParam().text), GetParam().time); }

INSTANTIATE_TEST_SUITE_P(
    Texts, GoodIso8601,
    ::testing::Values(Row{"Day", "2015-03-23", Time(seconds(1'427'068'800))},
                      Row{"Minute", "2015-03-23T19:30Z", Time(seconds(1'427'139'000))},
                      Row{"Second", "2015-03-23T19:30:07Z", kSecond},
                      Row{"Tenths", "2015-03-23T19:30:07.1Z", kSecond + milliseconds(100)},
                      Row{"Ticks", "2015-03-23T19:30:07.1239999Z", kMoment},
                      Row{"LeapDay", "2016-02-29", Time(seconds(1'456'704'000))},
                      Row{"LeapDayOf2000", "2000-02-29", Time(seconds(951'782'400))}),
    NameOf);

class BadIso8601 : public ::testing::TestWithParam<Row> {};

TEST_P(BadIso8601, IsRefused) { EXPECT_EQ(ParseIso8601(GetParam().text), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(
    Texts, BadIso8601,
    ::testing::Values(
        Row{"Empty", ""}, Row{"Words", "tomorrow"}, Row{"NoLeapYear", "2015-02-29"},
        Row{"NoLeapYear1900", "1900-02-29"}, Row{"NoLeapYear2100", "2100-02-29"},
        Row{"Day31", "2015-04-31"}, Row{"DayZero", "2015-04-00"}, Row{"MonthZero", "2015-00-01"},
        Row{"Month13", "2015-13-01"}, Row{"Hour24", "2015-03-23T24:00:00Z"},
        Row{"Minute60", "2015-03-23T19:60:00Z"}, Row{"Second60", "2015-03-23T23:59:60Z"},
        Row{"NoZone", "2015-03-23T19:30:07"}, Row{"OtherZone", "2015-03-23T19:30:07+00:00"},
        Row{"LowerCaseZone", "2015-03-23T19:30:07z"}, Row{"LowerCaseT", "2015-03-23t19:30:07Z"},
        Row{"Blank", "2015-03-23 19:30:07Z"}, Row{"BlankInFront", " 2015-03-23"},
        Row{"BlankBehind", "2015-03-23 "}, Row{"HourAlone", "2015-03-23T19Z"},
        Row{"EmptyFraction", "2015-03-23T19:30:07.Z"},
        Row{"EightDecimals", "2015-03-23T19:30:07.12345678Z"},
        Row{"FractionOfAMinute", "2015-03-23T19:30.5Z"}, Row{"ShortYear", "15-03-23"},
        Row{"ShortMonth", "2015-3-23"}, Row{"NegativeYear", "-2015-03-23"},
        Row{"SignedDay", "2015-03-+3"}, Row{"TextBehind", "2015-03-23T19:30:07Zx"},
        Row{"Nul", std::string("2015-03-23\0", 11)},
        Row{"LongFraction", "2015-03-23T19:30:07." + std::string(65536, '1') + "Z"},
        Row{"OtherDigits", "２０１５-03-23"}),
    NameOf);

class BadHttpDate : public ::testing::TestWithParam<Row> {};

TEST_P(BadHttpDate, IsRefused) { EXPECT_EQ(ParseHttpDate(GetParam().text), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(Texts, BadHttpDate,
                         ::testing::Values(Row{"Empty", ""},
                                           Row{"WrongWeekday", "Tue, 23 Mar 2015 19:30:07 GMT"},
                                           Row{"OtherZone", "Mon, 23 Mar 2015 19:30:07 UTC"},
                                           Row{"NumericZone", "Mon, 23 Mar 2015 19:30:07 +0000"},
                                           Row{"UnknownMonth", "Mon, 23 Mrz 2015 19:30:07 GMT"},
                                           Row{"LowerCaseMonth", "Mon, 23 mar 2015 19:30:07 GMT"},
                                           Row{"NoLeapYear", "Sun, 29 Feb 2015 19:30:07 GMT"},
                                           Row{"Second60", "Tue, 30 Jun 2015 23:59:60 GMT"},
                                           Row{"Hour24", "Mon, 23 Mar 2015 24:00:00 GMT"},
                                           Row{"BlankDay", "Mon,  3 Mar 2015 19:30:07 GMT"},
                                           Row{"Rfc850", "Sunday, 06-Nov-94 08:49:37 GMT"},
                                           Row{"Asctime", "Sun Nov  6 08:49:37 1994"},
                                           Row{"SameLengthNoDate", std::string(29, 'x')},
                                           Row{"Nuls", std::string(29, '\0')},
                                           Row{"TextBehind", "Mon, 23 Mar 2015 19:30:07 GMT "}),
                         NameOf);

TEST(Duration, IsReadInEveryUnit) {
  EXPECT_EQ(ParseDuration("250ms"), milliseconds(250));
  EXPECT_EQ(ParseDuration("0s"), seconds(0));
  EXPECT_EQ(ParseDuration("5m"), seconds(300));
  EXPECT_EQ(ParseDuration("999999999h"), std::chrono::hours(999'999'999));
}

TEST(Duration, IsRefusedInEveryOtherForm) {
  for (const char* text : {"", "s", "5", "-5s", "5 s", "5S", "1.5s", "1m30s", "1000000000ms"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace msc
