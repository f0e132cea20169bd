#include <gtest/gtest.h>

#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using http::Method;

class SignInTest : public VideosFixture {
 protected:
  SignInTest() : VideosFixture({.require_auth = "secret"}) {}

  int StatusWith(http::Headers headers) const {
    return Send(Method::kGet, "/api/Formats", std::move(headers)).status;
  }
};

TEST_F(SignInTest, RefusesRequestsWithoutAToken) {
  EXPECT_EQ(StatusWith({}), 403);
  EXPECT_EQ(Get("/api/nothing").status, 403);
}

TEST_F(SignInTest, RefusesAWrongToken) {
  for (const auto* wrong : {"", "secre", "secret ", "Secret", "secretsecret"}) {
    EXPECT_EQ(StatusWith({{"x-zumo-auth", wrong}}), 403) << wrong;
  }
}

TEST_F(SignInTest, TakesTheTokenInTheHeader) {
  EXPECT_EQ(StatusWith({{"X-ZUMO-AUTH", "secret"}}), 200);
}

TEST_F(SignInTest, TakesTheTokenInACookie) {
  EXPECT_EQ(StatusWith({{"Cookie", "a=b; x-zumo-auth=secret; c=d"}}), 200);
  EXPECT_EQ(StatusWith({{"Cookie", "a=b"}, {"Cookie", "x-zumo-auth=secret"}}), 200);
}

TEST_F(SignInTest, RefusesAWrongCookie) {
  for (const auto* wrong : {"x-zumo-auth", "x-zumo-auth=", "y=x-zumo-auth=secret", "=secret"}) {
    EXPECT_EQ(StatusWith({{"Cookie", wrong}}), 403) << wrong;
  }
}

TEST_F(SignInTest, AsksNoTokenOfAPreflight) {
  EXPECT_EQ(Send(Method::kOptions, "/api/Videos",
                 {{"Origin", "http://localhost"}, {"Access-Control-Request-Method", "GET"}})
                .status,
            200);
}

TEST_F(SignInTest, LetsPagesReadTheError) {
  const auto response = Send(Method::kGet, "/api/Formats", {{"Origin", "http://localhost"}});

  EXPECT_EQ(response.status, 403);
  EXPECT_TRUE(http::Find(response.headers, "Access-Control-Allow-Origin"));
}

}  // namespace
}  // namespace msc::videos
