// Bodies that no client should send, to every route that takes one.
#include <utility>

#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AnyOf;

struct Route {
  const char* name;
  const char* method;
  std::string path;
  std::vector<std::string> members = {};  // Those that it knows.
};

constexpr const char* kHostileId = "00000000-0000-0000-0000-000000000001";

std::vector<Route> Routes() {
  const std::string video = std::string("videos/") + kHostileId;
  return {
      {"Reset", "POST", "reset", {"keep"}},
      {"Clock", "PUT", "clock", {"action", "instant", "durationMillis", "factor"}},
      {"Videos",
       "POST",
       "videos",
       {"OriginalFileName", "ContentProtectionMode", "InputStorageEncryptionMode", "Id", "state",
        "code", "reason", "content"}},
      {"State", "PUT", video + "/state", {"state", "code", "reason"}},
      {"Program", "PUT", video + "/program", {"steps"}},
      {"Wait", "POST", video + "/wait", {"state", "timeoutMillis"}},
      {"DefaultProgram", "PUT", "transitions/video", {"progression", "seconds", "times", "steps"}},
      {"CopyProgram", "PUT", "transitions/copy", {"progression", "seconds"}},
      {"Faults",
       "POST",
       "faults",
       {"match", "skip", "times", "probability", "ttlMillis", "phase", "action"}},
      {"Find",
       "POST",
       "requests/find",
       {"operation", "videoId", "method", "url", "urlPathPattern", "headers", "status"}},
      {"Count", "POST", "requests/count", {"operation", "status", "headers"}},
      {"WaitForRequests", "POST", "requests/wait", {"pattern", "count", "timeoutMillis"}},
      {"Import", "PUT", "state"},
  };
}

class HostileBody : public ControlTest, public ::testing::WithParamInterface<Route> {
 protected:
  HostileBody() {
    Post("videos", std::string(R"({"OriginalFileName":"a.mp4","Id":")") + kHostileId + "\"}");
  }

  AdminAnswer Send(const std::string& body) const {
    return Admin(port(), GetParam().method, GetParam().path, body);
  }

  void ExpectRefused(const std::string& body) const {
    const auto answer = Send(body);
    EXPECT_THAT(answer.status, AnyOf(400, 413)) << body.substr(0, 200) << '\n' << answer.raw;
    EXPECT_EQ(HeaderOf(answer.raw, "Content-Type"), "application/problem+json");
    EXPECT_TRUE(answer.json.is_object() && answer.json.contains("detail")) << answer.raw;
  }
};

TEST_P(HostileBody, ThatIsNoJsonObjectIsRefused) {
  for (const std::string body : {"x", "{", "{\"a\"", "[]", "null", "5", "\"text\"", "{} {}",
                                 "{\"a\":\"\xFF\xFE\"}", "{\"\xC0\xAF\":1}", "\xEF\xBB\xBF[]"}) {
    ExpectRefused(body);
  }
  ExpectRefused(std::string("{\0}", 3));
}

TEST_P(HostileBody, ThatIsNestedDeeplyIsRefused) {
  ExpectRefused(std::string(100'000, '['));
  std::string nested = "{\"a\":";
  for (int i = 0; i < 50'000; ++i) nested += "{\"a\":";
  ExpectRefused(nested);
}

TEST_P(HostileBody, WithAnUnknownMemberIsRefusedByItsName) {
  ExpectRefused(R"({"surprise":1})");
  if (GetParam().members.empty()) return;
  EXPECT_THAT(Send(R"({"surprise":1})").raw,
              AnyOf(::testing::HasSubstr("surprise"), ::testing::HasSubstr("must be"),
                    ::testing::HasSubstr("such as")));
}

TEST_P(HostileBody, WithNumbersOutOfRangeIsRefused) {
  for (const auto& member : GetParam().members) {
    for (const char* value :
         {"1e400", "-1", "-1e308", "18446744073709551616", "99999999999999999999999999"}) {
      ExpectRefused("{\"" + member + "\":" + value + "}");
    }
  }
}

TEST_P(HostileBody, WithMembersOfAnotherTypeIsRefused) {
  for (const auto& member : GetParam().members) {
    for (const char* value : {"[[]]", "[{}]", "true", "[null]"}) {
      ExpectRefused("{\"" + member + "\":" + value + "}");
    }
  }
}

TEST_P(HostileBody, WithTextOfAnyBytesIsNoServerError) {
  for (const auto& member : GetParam().members) {
    for (const char* value : {R"("\u0000")", R"("a\u0000b")", R"("\uFFFF")", R"("../../etc")",
                              R"("'; DROP TABLE video; --")", R"("\r\nX: y")"}) {
      EXPECT_LT(Send("{\"" + member + "\":" + value + R"(,"timeoutMillis":0})").status, 500);
      EXPECT_LT(Send("{\"" + member + "\":" + value + "}").status, 500) << member << value;
    }
  }
  EXPECT_EQ(Get("videos").status, 200);
}

TEST_P(HostileBody, ThatIsTooLargeIsRefused) {
  ExpectRefused("{\"a\":\"" + std::string(8 * 1024 * 1024, 'a') + "\"}");
}

TEST_P(HostileBody, ThatIsEmptyIsNoServerError) {
  Call(port(), "GET", "/api/Formats");  // For routes that wait for a request.

  EXPECT_LT(Send("").status, 500);
  EXPECT_LT(Send("{}").status, 500);
  EXPECT_EQ(Get("health").status, 200);
}

INSTANTIATE_TEST_SUITE_P(To, HostileBody, ::testing::ValuesIn(Routes()),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(ControlTest, ReasonsKeepEveryCharacter) {
  const auto video = CreateVideo(port());

  const auto answer =
      Put("videos/" + video.id + "/state", R"({"state":"Failed","reason":"a\u0000b\u00e9\"\\"})");

  const std::string reason("a\0b\xC3\xA9\"\\", 7);
  EXPECT_EQ(answer.json.at("failure").at("reason"), reason) << answer.raw;
  EXPECT_EQ(emulator_.Video(video.id)->failure_reason, reason);
}

}  // namespace
}  // namespace msc
