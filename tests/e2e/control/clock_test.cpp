// The clock over HTTP: what moves it, what it tells, and what follows it.
#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::IsEmpty;

class ControlClock : public ControlTest {
 protected:
  Json Move(const std::string& body) const {
    const auto answer = Put("clock", body);
    EXPECT_EQ(answer.status, 200) << answer.raw;
    return answer.json;
  }

  Json Advance(std::chrono::milliseconds by) const {
    return Move(R"({"action":"advance","durationMillis":)" + std::to_string(by.count()) + "}");
  }
};

TEST_F(ControlClock, StandsWhereItIsFrozen) {
  const auto answer = Move(R"({"action":"freeze","instant":"2030-01-02T03:04:05.678Z"})");

  EXPECT_EQ(answer.at("mode"), "frozen");
  EXPECT_EQ(answer.at("currentInstant"), "2030-01-02T03:04:05.678Z");
  EXPECT_EQ(answer.at("currentEpochMillis"), 1893553445678);
  EXPECT_EQ(Get("clock").json, answer);
}

TEST_F(ControlClock, FreezesWhereItIsWithoutAnInstant) {
  EXPECT_EQ(Move(R"({"action":"freeze"})").at("currentInstant"), "2024-06-30T12:00:00.000Z");
}

TEST_F(ControlClock, TellsWhatOneAdvanceFiredInOrder) {
  const auto first = Submit();
  emulator_.AdvanceClock(1s);
  const auto second = Submit();

  const auto fired = Advance(1h).at("fired");

  EXPECT_EQ(fired, (Json{{{"at", "2024-06-30T12:00:10.000Z"},
                          {"videoId", first.id},
                          {"from", "Processing"},
                          {"to", "Completed"}},
                         {{"at", "2024-06-30T12:00:11.000Z"},
                          {"videoId", second.id},
                          {"from", "Processing"},
                          {"to", "Completed"}}}));
}

TEST_F(ControlClock, TellsNothingThatAnEarlierCallFired) {
  Submit();
  Advance(1h);

  EXPECT_THAT(Advance(1h).at("fired"), IsEmpty());
  EXPECT_THAT(Get("clock").json.at("fired"), IsEmpty());
}

TEST_F(ControlClock, ShowsOnePendingChangeForEachVideo) {
  const auto video = Submit();
  CreateVideo(port());

  const Json row = {{"at", "2024-06-30T12:00:10.000Z"}, {"videoId", video.id}, {"to", "Completed"}};
  EXPECT_EQ(Get("clock").json.at("pending"), Json::array({row}));
  EXPECT_THAT(Advance(10s).at("pending"), IsEmpty());
}

TEST_F(ControlClock, GoesToTheNextChangeAndNoFurther) {
  Submit();
  emulator_.AdvanceClock(1s);
  Submit();

  const auto answer = Move(R"({"action":"advanceToNext"})");

  EXPECT_EQ(answer.at("currentInstant"), "2024-06-30T12:00:10.000Z");
  EXPECT_EQ(answer.at("fired").size(), 1u);
  EXPECT_EQ(answer.at("pending").size(), 1u);
}

TEST_F(ControlClock, StaysWhereNothingIsToCome) {
  CreateVideo(port());

  EXPECT_EQ(Move(R"({"action":"advanceToNext"})").at("currentInstant"), "2024-06-30T12:00:00.000Z");
}

TEST_F(ControlClock, RunsFasterAndReturnsToHowItStarted) {
  const auto scaled = Move(R"({"action":"scale","factor":60})");
  EXPECT_EQ(scaled.at("mode"), "scaled");
  EXPECT_EQ(scaled.at("factor"), 60);

  const auto reset = Move(R"({"action":"reset"})");
  EXPECT_EQ(reset.at("mode"), "frozen");
  EXPECT_EQ(reset.at("currentInstant"), "2024-06-30T12:00:00.000Z");
}

TEST_F(ControlClock, ScaledByAMillionLetsADayPassWhileATestWaits) {
  emulator_.SetDefaultProgram(Program::AfterTime(24h));
  const auto video = Submit();

  Move(R"({"action":"scale","factor":1000000})");

  EXPECT_TRUE(emulator_.WaitForState(video.id, VideoState::kCompleted, 1min));
}

TEST_F(ControlClock, TellsCppTheSame) {
  Submit();
  const auto pending = emulator_.PendingTransitions();
  ASSERT_EQ(pending.size(), 1u);
  EXPECT_EQ(pending[0].to, VideoState::kCompleted);

  EXPECT_EQ(emulator_.AdvanceClockToNext().size(), 1u);
  EXPECT_THAT(emulator_.FreezeClock(Time(1h)), IsEmpty());
  EXPECT_EQ(emulator_.Now(), Time(1h));
  emulator_.ResetClock();
  EXPECT_EQ(Get("clock").json.at("currentInstant"), "2024-06-30T12:00:00.000Z");
}

TEST_F(ControlClock, FreezingAfterAChangeIsDueFiresIt) {
  const auto video = Submit();

  const auto fired = Move(R"({"action":"freeze","instant":"2024-06-30T12:00:10Z"})").at("fired");

  ASSERT_EQ(fired.size(), 1u);
  EXPECT_EQ(fired[0].at("videoId"), video.id);
}

TEST_F(ControlClock, StopsBeforeYearsHaveFiveDigits) {
  Move(R"({"action":"freeze","instant":"9998-12-31T23:59:58Z"})");
  const auto video = CreateVideo(port());
  EXPECT_EQ(Upload(port(), video, "x"), 201);

  EXPECT_THAT(Put("clock", R"({"action":"advance","durationMillis":2000})"), IsProblem("2000"));
  EXPECT_THROW(emulator_.AdvanceClock(2s), std::invalid_argument);
  EXPECT_EQ(Advance(1s).at("currentInstant"), "9998-12-31T23:59:59.000Z");
}

struct BadMove {
  const char* name;
  const char* body;
  const char* named;
};

class BadClockMove : public ControlClock, public ::testing::WithParamInterface<BadMove> {};

TEST_P(BadClockMove, IsRefusedAndMovesNothing) {
  EXPECT_THAT(Put("clock", GetParam().body), IsProblem(GetParam().named));
  EXPECT_EQ(Get("clock").json.at("currentInstant"), "2024-06-30T12:00:00.000Z");
}

INSTANTIATE_TEST_SUITE_P(
    Of, BadClockMove,
    ::testing::Values(
        BadMove{"NoAction", "{}", "action"},
        BadMove{"UnknownAction", R"({"action":"rewind"})", "\"rewind\""},
        BadMove{"UnknownMember", R"({"action":"reset","by":1})", "by"},
        BadMove{"MemberOfAnotherAction", R"({"action":"freeze","factor":2})", "factor"},
        BadMove{"NoDuration", R"({"action":"advance"})", "durationMillis"},
        BadMove{"NegativeDuration", R"({"action":"advance","durationMillis":-1})", "-1"},
        BadMove{"FractionOfDuration", R"({"action":"advance","durationMillis":1.5})", "1.5"},
        BadMove{"DurationAsText", R"({"action":"advance","durationMillis":"1"})", "\"1\""},
        BadMove{"HugeDuration", R"({"action":"advance","durationMillis":1e300})", "1e+300"},
        BadMove{"TwoToThe64", R"({"action":"advance","durationMillis":18446744073709551616})",
                "durationMillis"},
        BadMove{"BadInstant", R"({"action":"freeze","instant":"noon"})", "\"noon\""},
        BadMove{"YearOfFiveDigitsAhead", R"({"action":"freeze","instant":"9999-01-01T00:00:00Z"})",
                "9999"},
        BadMove{"InstantAsNumber", R"({"action":"freeze","instant":5})", "5"},
        BadMove{"FactorOfZero", R"({"action":"scale","factor":0})", "0"},
        BadMove{"NegativeFactor", R"({"action":"scale","factor":-2})", "-2"},
        BadMove{"HugeFactor", R"({"action":"scale","factor":1000001})", "1000001"}),
    [](const auto& row) { return row.param.name; });

TEST(Clock, RefusesInCppWhatCannotBe) {
  Emulator emulator;

  EXPECT_THROW(emulator.AdvanceClock(-1ms), std::invalid_argument);
  EXPECT_THROW(emulator.AdvanceClock(24h * 366 * 1001), std::invalid_argument);
  EXPECT_THROW(emulator.FreezeClock(Time::max()), std::invalid_argument);
  EXPECT_THROW(emulator.ScaleClock(0), std::invalid_argument);
  EXPECT_THROW(emulator.ScaleClock(1e7), std::invalid_argument);
}

}  // namespace
}  // namespace msc
