#include "storage_stub/handlers/cors.h"

#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

constexpr const char* kPage = "http://localhost:8080";

class CorsTest : public ServiceTest {
 protected:
  http::Response Preflight(http::Headers headers) const {
    return Send(Method::kOptions, Target(), std::move(headers));
  }
};

class PreflightOfBlobs : public CorsTest {};

TEST_F(PreflightOfBlobs, AllowsWhatTheUploadPageAsks) {
  const auto response =
      Preflight({{"Origin", kPage},
                 {"Access-Control-Request-Method", "PUT"},
                 {"Access-Control-Request-Headers", "x-ms-blob-type,content-type"}});

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Value(response, "Access-Control-Allow-Origin"), kPage);
  EXPECT_EQ(Value(response, "Access-Control-Allow-Methods"), "PUT");
  EXPECT_EQ(Value(response, "Access-Control-Allow-Headers"), "x-ms-blob-type,content-type");
  EXPECT_EQ(Value(response, "Access-Control-Max-Age"), "1800");
  EXPECT_EQ(Value(response, "Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(Value(response, "Content-Length"), "0");
}

TEST_F(PreflightOfBlobs, NeedsNoCredentialsForAPreflight) {
  EXPECT_EQ(
      Send(Method::kOptions, Path(), {{"Origin", kPage}, {"Access-Control-Request-Method", "GET"}})
          .status,
      200);
}

class PreflightMethodsWithoutARule : public CorsTest,
                                     public ::testing::WithParamInterface<const char*> {};

TEST_P(PreflightMethodsWithoutARule, FailThePreflight) {
  const auto response =
      Preflight({{"Origin", kPage}, {"Access-Control-Request-Method", GetParam()}});

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(Value(response, "x-ms-error-code"), "CorsPreflightFailure");
  EXPECT_EQ(Value(response, "Access-Control-Allow-Origin"), "(none)");
}

INSTANTIATE_TEST_SUITE_P(Methods, PreflightMethodsWithoutARule,
                         ::testing::Values("DELETE", "OPTIONS", "PATCH", "put", "", "*"));

TEST_F(PreflightOfBlobs, RefusesAnIncompletePreflight) {
  EXPECT_EQ(Preflight({{"Origin", kPage}}).status, 400);
  EXPECT_EQ(Preflight({{"Access-Control-Request-Method", "PUT"}}).status, 400);
}

TEST_F(PreflightOfBlobs, NeverEchoesControlBytes) {
  EXPECT_EQ(Preflight({{"Origin", "a\r\nb"}, {"Access-Control-Request-Method", "PUT"}}).status,
            403);
  EXPECT_EQ(Preflight({{"Origin", kPage},
                       {"Access-Control-Request-Method", "PUT"},
                       {"Access-Control-Request-Headers", "a\nb"}})
                .status,
            403);
}

TEST_F(CorsTest, LetsThePageReadAnswers) {
  const auto response = Put(Target(), "x", {{"Origin", kPage}});

  EXPECT_EQ(Value(response, "Access-Control-Allow-Origin"), "*");
  EXPECT_THAT(Value(response, "Access-Control-Expose-Headers"), HasSubstr("ETag"));
  EXPECT_THAT(Value(response, "Access-Control-Expose-Headers"), HasSubstr("x-ms-request-id"));
}

TEST_F(CorsTest, LetsThePageReadErrors) {
  const auto response = Send(Method::kGet, Path(), {{"Origin", kPage}});

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(Value(response, "Access-Control-Allow-Origin"), "*");
  EXPECT_THAT(Value(response, "Access-Control-Expose-Headers"), HasSubstr("x-ms-error-code"));
}

TEST_F(CorsTest, SaysNothingToOthers) {
  EXPECT_EQ(Value(Put(Target(), "x"), "Access-Control-Allow-Origin"), "(none)");
}

TEST_F(CorsTest, SaysNothingAboutMethodsWithoutARule) {
  EXPECT_EQ(
      Value(Send(Method::kDelete, Target(), {{"Origin", kPage}}), "Access-Control-Allow-Origin"),
      "(none)");
}

}  // namespace
}  // namespace msc::storage
