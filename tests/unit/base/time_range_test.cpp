#include "emulator/base/time_range.h"

#include <gtest/gtest.h>

#include "emulator/base/time_format.h"

namespace msc {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

TEST(TimeRange, IsOfTheYearsWithFourDigits) {
  EXPECT_EQ(FormatMillis(kFirstTime), "0001-01-01T00:00:00.000Z");
  EXPECT_EQ(FormatMillis(kLastTime), "9999-12-31T23:59:59.999Z");
  EXPECT_FALSE(IsInTimeRange(kFirstTime - 1ms));
  EXPECT_FALSE(IsInTimeRange(kLastTime + 1ms));
}

TEST(TimeRange, EndsWhereAShiftWouldLeaveIt) {
  for (const Time from : {Time::min(), kFirstTime, Time(), kLastTime, Time::max()}) {
    EXPECT_EQ(Shifted(from, milliseconds::max()), kLastTime);
    EXPECT_EQ(Shifted(from, milliseconds::min()), kFirstTime);
  }
}

TEST(TimeRange, HoldsEveryOtherShift) {
  EXPECT_EQ(Shifted(Time(), 5ms), Time(5ms));
  EXPECT_EQ(Shifted(Time(), -5ms), Time(-5ms));
  EXPECT_EQ(Shifted(kFirstTime, kLastTime - kFirstTime), kLastTime);
}

TEST(TimeRange, IsWhatAnyTimeIsWrittenIn) {
  EXPECT_EQ(FormatTicks(Time::min()), "0001-01-01T00:00:00.0000000Z");
  EXPECT_EQ(FormatHttpDate(Time::min()), "Mon, 01 Jan 0001 00:00:00 GMT");
  EXPECT_EQ(FormatSeconds(Time::max()), "9999-12-31T23:59:59Z");
  EXPECT_EQ(FormatHttpDate(Time::max()), "Fri, 31 Dec 9999 23:59:59 GMT");
}

TEST(TimeRange, IsWhatDatesAreReadIn) {
  EXPECT_EQ(ParseIso8601("0001-01-01"), kFirstTime);
  EXPECT_EQ(ParseIso8601("9999-12-31T23:59:59.999Z"), kLastTime);
  EXPECT_FALSE(ParseIso8601("0000-12-31"));
}

}  // namespace
}  // namespace msc
