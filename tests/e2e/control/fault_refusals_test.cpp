// Faults and patterns that cannot be.
#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

struct BadFaultRow {
  const char* name;
  const char* body;
  const char* named;
};

class BadFault : public ControlTest, public ::testing::WithParamInterface<BadFaultRow> {};

TEST_P(BadFault, IsRefusedByNameAndNotInjected) {
  EXPECT_THAT(Post("faults", GetParam().body), IsProblem(GetParam().named));
  EXPECT_EQ(Get("faults").json.at("faults").size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Of, BadFault,
    ::testing::Values(
        BadFaultRow{"Nothing", "{}", "action"},
        BadFaultRow{"EmptyAction", R"({"action":{}})", "action"},
        BadFaultRow{"UnknownMember", R"({"when":1,"action":{"status":503}})", "when"},
        BadFaultRow{"UnknownOperation",
                    R"({"match":{"operation":"PutBlobs"},"action":{"status":503}})", "PutBlobs"},
        BadFaultRow{"UnknownMatch", R"({"match":{"verb":"GET"},"action":{"status":503}})",
                    "match.verb"},
        BadFaultRow{"UnknownMethod", R"({"match":{"method":"FETCH"},"action":{"status":503}})",
                    "FETCH"},
        BadFaultRow{"StatusToMatch", R"({"match":{"status":200},"action":{"status":503}})",
                    "status"},
        BadFaultRow{"UnknownFault", R"({"action":{"fault":"FIRE"}})", "FIRE"},
        BadFaultRow{"UnknownActionMember", R"({"action":{"status":503,"code":1}})", "action.code"},
        BadFaultRow{"TwoActions", R"({"action":{"status":503,"fault":"EMPTY_RESPONSE"}})",
                    "action.fault"},
        BadFaultRow{"ByteOfAnEmptyResponse", R"({"action":{"fault":"EMPTY_RESPONSE","atByte":1}})",
                    "action.atByte"},
        BadFaultRow{"NegativeByte", R"({"action":{"fault":"TRUNCATED_BODY","atByte":-1}})", "-1"},
        BadFaultRow{"UnknownDirection", R"({"action":{"fault":"TRUNCATED_BODY","direction":"up"}})",
                    "\"up\""},
        BadFaultRow{"UnknownPhase", R"({"phase":"during","action":{"status":503}})", "\"during\""},
        BadFaultRow{"StatusOf600", R"({"action":{"status":600}})", "600"},
        BadFaultRow{"StatusOf100", R"({"action":{"status":100}})", "100"},
        BadFaultRow{"FramingHeader",
                    R"({"action":{"status":503,"headers":{"Content-Length":"1"}}})",
                    "Content-Length"},
        BadFaultRow{"LineBreakInAHeader",
                    R"({"action":{"status":503,"headers":{"X-A":"b\r\nX-C: d"}}})", "X-A"},
        BadFaultRow{"NulInAHeader", R"({"action":{"status":503,"headers":{"X-A":"b\u0000"}}})",
                    "X-A"},
        BadFaultRow{"LineBreakInAnErrorCode",
                    R"({"action":{"status":503,"errorCode":"a\r\nX-C: d"}})", "errorCode"},
        BadFaultRow{"HeaderAsNumber", R"({"action":{"status":503,"headers":{"X-A":1}}})",
                    "headers"},
        BadFaultRow{"KeyOfAManifest",
                    R"({"match":{"operation":"GetManifest"},"action":{"fault":"WRONG_KEY"}})",
                    "GetKey"},
        BadFaultRow{"ShortKeyOfAnything", R"({"action":{"fault":"SHORT_KEY"}})", "GetKey"},
        BadFaultRow{"ExpiredTokenOfAVideo",
                    R"({"match":{"operation":"GetVideo"},"action":{"fault":"EXPIRED_TOKEN"}})",
                    "GetKey"},
        BadFaultRow{"VectorOfAFragment",
                    R"({"match":{"operation":"GetFragment"},"action":{"fault":"WRONG_IV"}})",
                    "GetManifest"},
        BadFaultRow{"NegativeSkip", R"({"skip":-1,"action":{"status":503}})", "-1"},
        BadFaultRow{"ZeroTimes", R"({"times":0,"action":{"status":503}})", "times"},
        BadFaultRow{"ProbabilityOfTwo", R"({"probability":2,"action":{"status":503}})", "2"},
        BadFaultRow{"ZeroTtl", R"({"ttlMillis":0,"action":{"status":503}})", "ttlMillis"},
        BadFaultRow{"NegativeDelay", R"({"action":{"fixedDelayMilliseconds":-5}})", "-5"},
        BadFaultRow{"DelayOfADay", R"({"action":{"fixedDelayMilliseconds":86400000}})", "86400000"},
        BadFaultRow{"UnknownDistribution", R"({"action":{"delayDistribution":{"type":"flat"}}})",
                    "\"flat\""},
        BadFaultRow{"NoMedian",
                    R"({"action":{"delayDistribution":{"type":"lognormal","sigma":1}}})", "median"},
        BadFaultRow{"LowerAboveUpper",
                    R"({"action":{"delayDistribution":{"type":"uniform","lower":2,"upper":1}}})",
                    "lower"},
        BadFaultRow{"NoChunks",
                    R"({"action":{"chunkedDribbleDelay":{"numberOfChunks":0,"totalDuration":1}}})",
                    "numberOfChunks"},
        BadFaultRow{"NoBandwidth", R"({"action":{"bandwidthKBps":0}})", "bandwidthKBps"},
        BadFaultRow{"BadExpression", R"({"match":{"urlPathPattern":"("},"action":{"status":503}})",
                    "'('"},
        BadFaultRow{"BadHeaderExpression",
                    R"({"match":{"headers":{"a":{"matches":"["}}},"action":{"status":503}})",
                    "'['"},
        BadFaultRow{"UnknownHeaderPattern",
                    R"({"match":{"headers":{"a":{"like":"b"}}},"action":{"status":503}})",
                    "match.headers.a.like"}),
    [](const auto& row) { return row.param.name; });

TEST(Fault, IsRefusedInCppToo) {
  Emulator emulator;
  const auto inject = [&](Fault fault) { return emulator.Inject(std::move(fault)); };

  EXPECT_THROW((void)inject({.skip = -1}), std::invalid_argument);
  EXPECT_THROW((void)inject({.times = 0}), std::invalid_argument);
  EXPECT_THROW((void)inject({.probability = 1.5}), std::invalid_argument);
  EXPECT_THROW((void)inject({.ttl = 0ms}), std::invalid_argument);
  EXPECT_THROW((void)inject({.action = FixedDelay{-1ms}}), std::invalid_argument);
  EXPECT_THROW((void)inject({.action = AnswerStatus{.status = 99}}), std::invalid_argument);
  EXPECT_THROW((void)inject({.match = {.url_path_pattern = "("}}), std::invalid_argument);
}

}  // namespace
}  // namespace msc
