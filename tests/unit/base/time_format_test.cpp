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

struct TimeRow {
  const char* name;
  std::string text;
  Time time = {};
};

void PrintTo(const TimeRow& row, std::ostream* out) { *out << row.name; }

std::string TimeName(const ::testing::TestParamInfo<TimeRow>& row) { return row.param.name; }

class GoodIso8601 : public ::testing::TestWithParam<TimeRow> {};

TEST_P(GoodIso8601, IsRead) { EXPECT_EQ(ParseIso8601(GetParam().text), GetParam().time); }

INSTANTIATE_TEST_SUITE_P(
    Texts, GoodIso8601,
    ::testing::Values(TimeRow{"Day", "2015-03-23", Time(seconds(1'427'068'800))},
                      TimeRow{"Minute", "2015-03-23T19:30Z", Time(seconds(1'427'139'000))},
                      TimeRow{"Second", "2015-03-23T19:30:07Z", kSecond},
                      TimeRow{"Tenths", "2015-03-23T19:30:07.1Z", kSecond + milliseconds(100)},
                      TimeRow{"Ticks", "2015-03-23T19:30:07.1239999Z", kMoment},
                      TimeRow{"LeapDay", "2016-02-29", Time(seconds(1'456'704'000))},
                      TimeRow{"LeapDayOf2000", "2000-02-29", Time(seconds(951'782'400))}),
    TimeName);

class BadIso8601 : public ::testing::TestWithParam<TimeRow> {};

TEST_P(BadIso8601, IsRefused) { EXPECT_EQ(ParseIso8601(GetParam().text), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(
    Texts, BadIso8601,
    ::testing::Values(
        TimeRow{"Empty", ""}, TimeRow{"Words", "tomorrow"}, TimeRow{"NoLeapYear", "2015-02-29"},
        TimeRow{"NoLeapYear1900", "1900-02-29"}, TimeRow{"NoLeapYear2100", "2100-02-29"},
        TimeRow{"Day31", "2015-04-31"}, TimeRow{"DayZero", "2015-04-00"},
        TimeRow{"MonthZero", "2015-00-01"}, TimeRow{"Month13", "2015-13-01"},
        TimeRow{"Hour24", "2015-03-23T24:00:00Z"}, TimeRow{"Minute60", "2015-03-23T19:60:00Z"},
        TimeRow{"Second60", "2015-03-23T23:59:60Z"}, TimeRow{"NoZone", "2015-03-23T19:30:07"},
        TimeRow{"OtherZone", "2015-03-23T19:30:07+00:00"},
        TimeRow{"LowerCaseZone", "2015-03-23T19:30:07z"},
        TimeRow{"LowerCaseT", "2015-03-23t19:30:07Z"}, TimeRow{"Blank", "2015-03-23 19:30:07Z"},
        TimeRow{"BlankInFront", " 2015-03-23"}, TimeRow{"BlankBehind", "2015-03-23 "},
        TimeRow{"HourAlone", "2015-03-23T19Z"}, TimeRow{"EmptyFraction", "2015-03-23T19:30:07.Z"},
        TimeRow{"EightDecimals", "2015-03-23T19:30:07.12345678Z"},
        TimeRow{"FractionOfAMinute", "2015-03-23T19:30.5Z"}, TimeRow{"ShortYear", "15-03-23"},
        TimeRow{"ShortMonth", "2015-3-23"}, TimeRow{"NegativeYear", "-2015-03-23"},
        TimeRow{"SignedDay", "2015-03-+3"}, TimeRow{"TextBehind", "2015-03-23T19:30:07Zx"},
        TimeRow{"Nul", std::string("2015-03-23\0", 11)},
        TimeRow{"LongFraction", "2015-03-23T19:30:07." + std::string(65536, '1') + "Z"},
        TimeRow{"OtherDigits", "２０１５-03-23"}),
    TimeName);

class BadHttpDate : public ::testing::TestWithParam<TimeRow> {};

TEST_P(BadHttpDate, IsRefused) { EXPECT_EQ(ParseHttpDate(GetParam().text), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(
    Texts, BadHttpDate,
    ::testing::Values(TimeRow{"Empty", ""},
                      TimeRow{"WrongWeekday", "Tue, 23 Mar 2015 19:30:07 GMT"},
                      TimeRow{"OtherZone", "Mon, 23 Mar 2015 19:30:07 UTC"},
                      TimeRow{"NumericZone", "Mon, 23 Mar 2015 19:30:07 +0000"},
                      TimeRow{"UnknownMonth", "Mon, 23 Mrz 2015 19:30:07 GMT"},
                      TimeRow{"LowerCaseMonth", "Mon, 23 mar 2015 19:30:07 GMT"},
                      TimeRow{"NoLeapYear", "Sun, 29 Feb 2015 19:30:07 GMT"},
                      TimeRow{"Second60", "Tue, 30 Jun 2015 23:59:60 GMT"},
                      TimeRow{"Hour24", "Mon, 23 Mar 2015 24:00:00 GMT"},
                      TimeRow{"BlankDay", "Mon,  3 Mar 2015 19:30:07 GMT"},
                      TimeRow{"Rfc850", "Sunday, 06-Nov-94 08:49:37 GMT"},
                      TimeRow{"Asctime", "Sun Nov  6 08:49:37 1994"},
                      TimeRow{"SameLengthNoDate", std::string(29, 'x')},
                      TimeRow{"Nuls", std::string(29, '\0')},
                      TimeRow{"TextBehind", "Mon, 23 Mar 2015 19:30:07 GMT "}),
    TimeName);

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
