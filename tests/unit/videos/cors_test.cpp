#include <gtest/gtest.h>

#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using http::Method;

class CorsTest : public VideosFixture {
 protected:
  explicit CorsTest(std::string origins = "local")
      : VideosFixture({.cors_origins = std::move(origins)}) {}

  // The answer to a GET of `target` from a page of `origin`.
  http::Response From(const std::string& origin, const std::string& target = "/api/Formats") const {
    return Send(Method::kGet, target, {{"Origin", origin}});
  }

  http::Response Preflight(const std::string& origin) const {
    return Send(Method::kOptions, "/api/Videos",
                {{"Origin", origin},
                 {"Access-Control-Request-Method", "POST"},
                 {"Access-Control-Request-Headers", "content-type, x-zumo-auth"}});
  }
};

TEST_F(CorsTest, AddsItsHeadersBehindAllOthers) {
  const auto plain = Get("/api/Formats").headers;

  auto headers = From("http://localhost:3000").headers;

  ASSERT_EQ(headers.size(), plain.size() + 4);
  EXPECT_EQ(headers[plain.size()],
            (http::Header{"Access-Control-Allow-Origin", "http://localhost:3000"}));
  EXPECT_EQ(headers[plain.size() + 1], (http::Header{"Access-Control-Allow-Credentials", "true"}));
  EXPECT_EQ(headers[plain.size() + 2], (http::Header{"Vary", "Origin"}));
  headers.resize(plain.size());
  EXPECT_EQ(headers, plain);
}

TEST_F(CorsTest, LetsPagesReadErrors) {
  EXPECT_EQ(http::Find(From("http://localhost:3000", "/api/nothing").headers,
                       "Access-Control-Allow-Origin"),
            "http://localhost:3000");
}

TEST_F(CorsTest, AnswersAForeignOriginAsIfItHadNone) {
  EXPECT_EQ(OnTheWire(From("https://evil.example")), OnTheWire(Get("/api/Formats")));
}

class PreflightOfVideos : public CorsTest {};

TEST_F(PreflightOfVideos, AllowsALocalPreflight) {
  const auto response = Preflight("http://localhost:3000");

  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.body.empty());
  EXPECT_EQ(http::Find(response.headers, "Access-Control-Allow-Methods"),
            "GET, HEAD, POST, DELETE");
  EXPECT_EQ(http::Find(response.headers, "Access-Control-Allow-Headers"),
            "content-type, x-zumo-auth");
  EXPECT_TRUE(http::Find(response.headers, "Access-Control-Max-Age"));
}

TEST_F(PreflightOfVideos, RefusesAForeignPreflight) {
  const auto response = Preflight("https://evil.example");

  EXPECT_EQ(response.status, 403);
  EXPECT_FALSE(http::Find(response.headers, "Access-Control-Allow-Origin"));
}

TEST_F(PreflightOfVideos, TakesOptionsWithoutAnOriginForNoPreflight) {
  const auto response = Send(Method::kOptions, "/api/Videos");

  EXPECT_EQ(http::Find(response.headers, "Allow"), "POST");
}

struct OriginCase {
  const char* origin;
  bool is_local;
};

void PrintTo(const OriginCase& the_case, std::ostream* out) { *out << the_case.origin; }

class LocalOriginTest : public CorsTest, public ::testing::WithParamInterface<OriginCase> {};

TEST_P(LocalOriginTest, IsToldFromAForeignOne) {
  const auto response = From(GetParam().origin);

  EXPECT_EQ(http::Find(response.headers, "Access-Control-Allow-Origin").has_value(),
            GetParam().is_local);
}

INSTANTIATE_TEST_SUITE_P(
    Origins, LocalOriginTest,
    ::testing::Values(
        OriginCase{"http://localhost", true}, OriginCase{"https://localhost:8443", true},
        OriginCase{"http://LOCALHOST:3000", true}, OriginCase{"http://app.localhost:3000", true},
        OriginCase{"http://127.0.0.1:5173", true}, OriginCase{"http://[::1]:5173", true},
        OriginCase{"capacitor://localhost", true},
        OriginCase{"http://localhost.evil.example", false},
        OriginCase{"http://evillocalhost", false},
        OriginCase{"http://127.0.0.1.evil.example", false}, OriginCase{"http://127.0.0.2", false},
        OriginCase{"http://localhost@evil.example", false},
        OriginCase{"http://evil.example/localhost", false},
        OriginCase{"http://localhost:99999", false}, OriginCase{"http://localhost/", false},
        OriginCase{"http://[::1", false}, OriginCase{"localhost", false},
        OriginCase{"://localhost", false}, OriginCase{"null", false}, OriginCase{"*", false},
        OriginCase{"", false}, OriginCase{"http://localhost\tx", false}),
    [](const auto& test) { return "Number" + std::to_string(test.index); });

class AnyOriginTest : public CorsTest {
 protected:
  AnyOriginTest() : CorsTest("*") {}
};

TEST_F(AnyOriginTest, AllowsAnyoneWithoutCredentials) {
  const auto headers = From("https://app.example").headers;

  EXPECT_EQ(http::Find(headers, "Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_FALSE(http::Find(headers, "Access-Control-Allow-Credentials"));
}

TEST_F(AnyOriginTest, EchoesNothingThatIsNotPrintable) {
  EXPECT_FALSE(http::Find(From("https://\xFF").headers, "Access-Control-Allow-Origin"));
}

class ListedOriginTest : public CorsTest {
 protected:
  ListedOriginTest() : CorsTest("https://a.example, https://b.example:8443") {}
};

TEST_F(ListedOriginTest, AllowsThoseOfTheList) {
  EXPECT_TRUE(http::Find(From("https://b.example:8443").headers, "Access-Control-Allow-Origin"));
}

TEST_F(ListedOriginTest, RefusesAllOthers) {
  for (const auto* origin : {"https://b.example", "http://a.example", "http://localhost"}) {
    EXPECT_FALSE(http::Find(From(origin).headers, "Access-Control-Allow-Origin")) << origin;
  }
}

}  // namespace
}  // namespace msc::videos
