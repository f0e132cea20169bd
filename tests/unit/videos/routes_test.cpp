#include <gtest/gtest.h>

#include "tests/support/wire_sample.h"
#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using testing::Canonical;

using http::Method;

class RoutesTest : public VideosFixture {};

// What every answer that has no body consists of.
constexpr std::string_view kEmptyAnswer =
    "Cache-Control: no-cache\r\n"
    "Pragma: no-cache\r\n"
    "Content-Length: <right>\r\n"
    "Expires: -1\r\n"
    "Server: Microsoft-IIS/8.0\r\n"
    "Set-Cookie: ARRAffinity=<masked>;Path=/;Domain=<masked>\r\n"
    "X-AspNet-Version: 4.0.30319\r\n"
    "X-Powered-By: ASP.NET\r\n"
    "x-ms-proxy-outgoing-newurl: http://127.0.0.1:10010/api/nothing\r\n"
    "X-Powered-By: ASP.NET\r\n"
    "Set-Cookie: ARRAffinity=<masked>;Path=/;Domain=<masked>\r\n"
    "Date: Mon, 23 Mar 2015 19:35:07 GMT\r\n\r\n";

TEST_F(RoutesTest, AnswersNothingElseBelowApiWithTheCommonHeaders) {
  EXPECT_EQ(Canonical(OnTheWire(Get("/api/nothing/"))),
            "HTTP/1.1 404 Not Found\r\n" + std::string(kEmptyAnswer));
}

TEST_F(RoutesTest, NamesTheMethodsBehindPragmaWhereTheMethodIsWrong) {
  const auto response = Get("/api/Videos");

  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.at(2), (http::Header{"Allow", "POST"}));
}

TEST_F(RoutesTest, MatchesWhateverTheCaseAndWithATrailingSlash) {
  const auto id = CreateId();

  EXPECT_EQ(Get("/API/videos/" + id + "/status/").status, 200);
}

TEST_F(RoutesTest, TakesIdsOfEitherCase) {
  auto id = CreateId();
  for (char& c : id) c = static_cast<char>(std::toupper(c));

  EXPECT_EQ(Get(Path(id)).status, 200);
}

TEST_F(RoutesTest, KeepsTheAffinityCookieForItsWholeLife) {
  EXPECT_EQ(http::Find(Get("/api/Formats").headers, "Set-Cookie"),
            http::Find(Get("/api/nothing").headers, "Set-Cookie"));
}

TEST_F(RoutesTest, LeavesThePortOutOfTheCookiesDomain) {
  const auto response = Get("/api/Formats");

  EXPECT_TRUE(http::Find(response.headers, "Set-Cookie")->ends_with(";Path=/;Domain=127.0.0.1"));
}

TEST_F(RoutesTest, EchoesASaneClientRequestId) {
  const auto response = Send(Method::kDelete, Path("x"), {{"Client-Request-Id", "my id"}});

  EXPECT_EQ(http::Find(response.headers, "client-request-id"), "my id");
}

TEST_F(RoutesTest, MakesAClientRequestIdInPlaceOfAnInsaneOne) {
  for (const auto& insane : {std::string(), std::string("a\tb"), std::string(129, 'a')}) {
    const auto response = Send(Method::kDelete, Path("x"), {{"client-request-id", insane}});

    EXPECT_EQ(http::Find(response.headers, "client-request-id")->size(), 36U);
  }
}

TEST_F(RoutesTest, AnswersOneDeleteWithOneClientRequestIdAndAnotherRequestId) {
  const auto headers = Send(Method::kDelete, Path("x")).headers;

  EXPECT_NE(http::Find(headers, "client-request-id"), http::Find(headers, "request-id"));
}

TEST_F(RoutesTest, SaysThatNoTimeWentByWhereTheClockStands) {
  const auto headers = Send(Method::kDelete, Path(CreateId())).headers;

  EXPECT_EQ(http::Find(headers, "x-ms-request-elapsed-ms"), "0");
}

// An id that belongs to no video.
struct WrongId {
  const char* name;
  std::string id;
};

void PrintTo(const WrongId& wrong, std::ostream* out) { *out << wrong.name; }

class WrongIdTest : public VideosFixture, public ::testing::WithParamInterface<WrongId> {};

TEST_P(WrongIdTest, IsNotFoundWhateverIsAsked) {
  const std::string& id = GetParam().id;

  for (const auto* below : {"", "Status", "Thumbnails", "PlaybackEndpoint",
                            "AuthorizationToken?KeyId=f6eb7a33-e745-4e0b-bebb-54abcb56ee5f"}) {
    EXPECT_EQ(Get(Path(id, below)).status, 404) << below;
  }
  EXPECT_EQ(MarkComplete(id).status, 404);
  EXPECT_EQ(Send(Method::kDelete, Path(id)).status, 404);
}

INSTANTIATE_TEST_SUITE_P(
    Ids, WrongIdTest,
    ::testing::Values(WrongId{"Unknown", "ee0dfd10-4a38-469f-98dc-2c8e34de0be8"},
                      WrongId{"OfTheSample", "ee0dfd10-4a38-469f-asddsa98dc-2c8e34de0be8"},
                      WrongId{"Number", "1"}, WrongId{"Nul", "%00"}, WrongId{"NoUtf8", "%ff%fe"},
                      WrongId{"Dots", ".."}, WrongId{"EncodedDots", "%2e%2e"},
                      WrongId{"EncodedSlash", "%2F"}, WrongId{"Sql", "'%20OR%201=1--"},
                      WrongId{"Pattern", "{id}"},
                      WrongId{"Braces", "%7Bee0dfd10-4a38-469f-98dc-2c8e34de0be8%7D"},
                      WrongId{"NoDashes", "ee0dfd104a38469f98dc2c8e34de0be8"},
                      WrongId{"NulBehind", "ee0dfd10-4a38-469f-98dc-2c8e34de0be8%00"},
                      WrongId{"BlankBehind", "ee0dfd10-4a38-469f-98dc-2c8e34de0be8%20"},
                      WrongId{"Long", std::string(10'000, 'a')}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace msc::videos
