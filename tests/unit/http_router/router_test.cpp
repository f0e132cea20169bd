#include "tests/unit/http_router/router_test.h"

#include <gmock/gmock.h>

#include <stdexcept>
#include <vector>

#include "emulator/http/http_error.h"

namespace msc::http {
namespace {

using enum Method;
using ::testing::ElementsAre;

TEST_F(RouterTest, PathWithoutARouteIsNotFound) {
  const Router router({{kGet, "/a", Say("a")}}, Plain());

  const auto response = Dispatch(router, kGet, "/b?secret=1");

  EXPECT_EQ(response.status, StatusOf(HttpError::kRouteNotFound));
  EXPECT_EQ(response.body, "nothing is at /b");
}

TEST_F(RouterTest, OtherMethodIsToldTheAllowedOnesInTheirOrder) {
  const Router router({{kPut, "/a", Say("put")},
                       {kGet, "/a", Say("get")},
                       {kPut, "/{any}", Say("put any")},
                       {kDelete, "/b", Say("delete b")},
                       {kDelete, "/a", Say("delete")}},
                      Plain());

  const auto response = Dispatch(router, kPost, "/a");

  EXPECT_EQ(response.status, StatusOf(HttpError::kMethodNotAllowed));
  EXPECT_EQ(response.body, "POST is not allowed here, but PUT, GET, HEAD, DELETE");
}

TEST_F(RouterTest, HeadIsAnsweredAsGet) {
  const Router router({{kPost, "/a", Say("post")}, {kGet, "/a", Say("get")}}, Plain());

  EXPECT_EQ(Dispatch(router, kHead, "/a").body, "get");
}

TEST_F(RouterTest, HeadOfItsOwnComesFirst) {
  const Router before({{kHead, "/a", Say("head")}, {kGet, "/a", Say("get")}}, Plain());
  const Router behind({{kGet, "/a", Say("get")}, {kHead, "/a", Say("head")}}, Plain());

  EXPECT_EQ(Dispatch(before, kHead, "/a").body, "head");
  EXPECT_EQ(Dispatch(behind, kHead, "/a").body, "head");
  EXPECT_EQ(Dispatch(behind, kGet, "/a").body, "get");
}

TEST_F(RouterTest, HeadWithoutGetIsNotAllowed) {
  const Router router({{kPost, "/a", Say("post")}}, Plain());

  EXPECT_EQ(Dispatch(router, kHead, "/a").body, "HEAD is not allowed here, but POST");
}

TEST_F(RouterTest, OptionsIsAnsweredWithAllow) {
  const Router router({{kGet, "/a", Say("get")}, {kPost, "/a", Say("post")}}, Plain());

  const auto response = Dispatch(router, kOptions, "/a");

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.headers,
              ElementsAre(Header{"Allow", "GET, HEAD, POST"}, Header{"Content-Length", "0"}));
}

TEST_F(RouterTest, OptionsOfNothingIsNotFound) {
  const Router router({{kGet, "/a", Say("get")}}, Plain());

  EXPECT_EQ(Dispatch(router, kOptions, "/b").status, StatusOf(HttpError::kRouteNotFound));
}

TEST_F(RouterTest, OptionsOfItsOwnComesFirst) {
  const Router router({{kOptions, "/a", Say("options")}}, Plain());

  EXPECT_EQ(Dispatch(router, kOptions, "/a").body, "options");
}

TEST_F(RouterTest, LongestBodyIsTaken) {
  const Router router({{kPut, "/a", Say("put"), std::nullopt, 10}}, Plain());
  EmptyBody body(10);
  Request request{.method = kPut, .target = "/a", .body = &body};

  EXPECT_EQ(router.Dispatch(request).body, "put");
  EXPECT_EQ(body.limit, 10u);
}

TEST_F(RouterTest, LongerBodyIsRefusedUnread) {
  const Router router({{kPut, "/a", Say("put"), std::nullopt, 10}}, Plain());
  EmptyBody body(11);
  Request request{.method = kPut, .target = "/a", .body = &body};

  EXPECT_EQ(router.Dispatch(request).status, StatusOf(HttpError::kBodyTooLarge));
}

TEST_F(RouterTest, BodyOfUnknownSizeIsLimitedWhileRead) {
  const Router router({{kPut, "/a", Say("put"), std::nullopt, 10}}, Plain());
  EmptyBody body(std::nullopt);
  Request request{.method = kPut, .target = "/a", .body = &body};

  EXPECT_EQ(router.Dispatch(request).body, "put");
  EXPECT_EQ(body.limit, 10u);
}

TEST_F(RouterTest, ErrorOfAHandlerIsRenderedByTheHooks) {
  const Handler refuse = [](const Request&) -> Result<Response> {
    return Error{HttpError::kLengthRequired, "gone"};
  };
  const Router router({{kGet, "/a", refuse}}, Plain());

  const auto response = Dispatch(router, kGet, "/a");

  EXPECT_EQ(response.status, StatusOf(HttpError::kLengthRequired));
  EXPECT_EQ(response.body, "gone");
}

class ThrowingRouterTest : public RouterTest {
 protected:
  static Result<Response> Fail(const Request&) { throw std::runtime_error("the disk is full"); }

  Log Record() {
    return [this](LogLevel level, std::string_view line) {
      lines_.push_back(std::string(Name(level)) + ": " + std::string(line));
    };
  }

  std::vector<std::string> lines_;
};

TEST_F(ThrowingRouterTest, ExceptionIsRenderedByTheHooksWithoutItsText) {
  const Router router({{kGet, "/a", Fail}}, Plain(), Record());

  const auto response = Dispatch(router, kGet, "/a");

  EXPECT_EQ(response.status, StatusOf(HttpError::kInternalError));
  EXPECT_EQ(response.body, "the emulator failed; its log says why");
}

TEST_F(ThrowingRouterTest, ExceptionIsLoggedWithoutTheQuery) {
  const Router router({{kGet, "/a", Fail}}, Plain(), Record());

  Dispatch(router, kGet, "/a?token=secret");

  EXPECT_THAT(lines_, ElementsAre("error: GET /a failed: the disk is full"));
}

TEST_F(ThrowingRouterTest, ExceptionOfTheHooksIsABare500) {
  const auto refuse = [](const Request&, const Error&) -> Response {
    throw std::runtime_error("no words");
  };
  const Router router({{kGet, "/a", Fail}}, {.render_error = refuse}, Record());

  const auto response = Dispatch(router, kGet, "/a");

  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.headers, ElementsAre(Header{"Content-Length", "0"}));
}

TEST_F(ThrowingRouterTest, ThrownValueThatIsNoExceptionIsABare500) {
  const Handler fail = [](const Request&) -> Result<Response> { throw 42; };
  const Router router({{kGet, "/a", fail}}, Plain(), Record());

  EXPECT_EQ(Dispatch(router, kGet, "/a").status, 500);
}

TEST_F(ThrowingRouterTest, OnResponseIsCalledForEveryResponse) {
  const auto finish = [](const Request& request, Response& response) {
    response.headers.push_back({"x-finished", std::string(request.path())});
  };
  const Router router({{kGet, "/good", Say("good")}, {kGet, "/bad", Fail}},
                      {.render_error = Refuse, .on_response = finish}, Record());

  for (const std::string path : {"/good", "/bad", "/missing"}) {
    const auto response = Dispatch(router, kGet, path);
    EXPECT_THAT(response.headers, ElementsAre(Header{"x-finished", path}));
  }
  EXPECT_EQ(Dispatch(router, kPut, "/good").headers.size(), 1u);
  EXPECT_EQ(Dispatch(router, kOptions, "/good").headers.size(), 3u);
}

class BeforeTest : public ThrowingRouterTest {
 protected:
  using Early = Result<std::optional<Response>>;

  static Early Guard(const Request& request) {
    if (request.parameter("refuse")) return Error{HttpError::kMalformedRequest, "sign in"};
    if (request.parameter("fail")) throw std::runtime_error("the guard fell over");
    if (request.parameter("answer")) return std::optional(Response{.status = 204});
    return std::optional<Response>();
  }

  const Router router_{
      {{kGet, "/a", Say("a")}}, {.render_error = Refuse, .on_request = Guard}, Record()};
};

TEST_F(BeforeTest, LetsRequestsThrough) { EXPECT_EQ(Get(router_, "/a"), "a"); }

TEST_F(BeforeTest, AnswersInPlaceOfTheHandler) {
  EXPECT_EQ(Dispatch(router_, kGet, "/a?answer").status, 204);
}

TEST_F(BeforeTest, RefusesInPlaceOfTheHandler) { EXPECT_EQ(Get(router_, "/a?refuse"), "sign in"); }

TEST_F(BeforeTest, ComesBeforeNotFoundAndNotAllowed) {
  EXPECT_EQ(Get(router_, "/missing?refuse"), "sign in");
  EXPECT_EQ(Dispatch(router_, kPut, "/a?refuse").body, "sign in");
  EXPECT_EQ(Dispatch(router_, kOptions, "/a?answer").status, 204);
}

TEST_F(BeforeTest, ThrowsLikeAHandler) {
  EXPECT_EQ(Dispatch(router_, kGet, "/a?fail").status, StatusOf(HttpError::kInternalError));
}

TEST(Method, NamesAreReadAsWritten) {
  for (int i = 0; i <= static_cast<int>(kConnect); ++i) {
    const auto method = static_cast<Method>(i);
    EXPECT_EQ(ParseMethod(Name(method)), method);
  }
}

TEST(Method, OtherWordsAreNone) {
  for (const std::string word : {"", "get", "Get", "GETS", "GE", "BREW", "GET "}) {
    EXPECT_EQ(ParseMethod(word), std::nullopt) << word;
  }
}

}  // namespace
}  // namespace msc::http
