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
  for (const auto& header :
       {http::Header{"Origin", kPage}, http::Header{"Access-Control-Request-Method", "PUT"}}) {
    const auto response = Preflight({header});

    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(Code(response), "InvalidHeaderValue");
    EXPECT_EQ(response.reason, "A required CORS header is not present.");
  }
}

TEST_F(PreflightOfBlobs, TakesAnEmptyOriginAsNone) {
  const auto response = Preflight({{"Origin", ""}, {"Access-Control-Request-Method", "PUT"}});

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), "InvalidHeaderValue");
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

TEST_F(CorsTest, SaysNothingToAWriteWithoutOrigin) {
  EXPECT_EQ(Value(Put(Target(), "x"), "Access-Control-Allow-Origin"), "(none)");
}

TEST_F(CorsTest, SaysNothingAboutMethodsWithoutARule) {
  EXPECT_EQ(
      Value(Send(Method::kDelete, Target(), {{"Origin", kPage}}), "Access-Control-Allow-Origin"),
      "(none)");
}

// The reference's table of what an answer to GET or HEAD says.
struct TableRow {
  const char* name;
  const char* origins;  // Of the one rule; null: there is no rule.
  const char* origin;   // Of the request; null: none.
  const char* vary;
  const char* allow_origin;
  bool exposes;
};

class CorsOfBlobsRules : public CorsTest {
 protected:
  void SetRules(const std::string& rules) {
    const auto answer =
        SendText(Method::kPut,
                 Authorized('/' + std::string(kAccountName) + "?restype=service&comp=properties"),
                 "<StorageServiceProperties><Cors>" + rules + "</Cors></StorageServiceProperties>");
    ASSERT_EQ(answer.status, 202);
  }

  static std::string Rule(const std::string& origins, const std::string& methods,
                          const std::string& headers) {
    return "<CorsRule><AllowedOrigins>" + origins + "</AllowedOrigins><AllowedMethods>" + methods +
           "</AllowedMethods><MaxAgeInSeconds>5</MaxAgeInSeconds>"
           "<ExposedHeaders>x-ms-*</ExposedHeaders><AllowedHeaders>" +
           headers + "</AllowedHeaders></CorsRule>";
  }
};

class CorsOfBlobsTable : public CorsOfBlobsRules, public ::testing::WithParamInterface<TableRow> {};

TEST_P(CorsOfBlobsTable, HoldsForReads) {
  const auto& row = GetParam();
  SetRules(row.origins == nullptr ? "" : Rule(row.origins, "GET,HEAD", "*"));
  const http::Headers headers =
      row.origin == nullptr ? http::Headers() : http::Headers{{"Origin", row.origin}};

  for (const Method method : {Method::kGet, Method::kHead}) {
    const auto response = Send(method, Target(), headers);

    EXPECT_EQ(Value(response, "Vary"), row.vary);
    EXPECT_EQ(Value(response, "Access-Control-Allow-Origin"), row.allow_origin);
    EXPECT_EQ(Value(response, "Access-Control-Expose-Headers") != "(none)", row.exposes);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CorsOfBlobsTable,
    ::testing::Values(
        TableRow{"NoOriginNoRule", nullptr, nullptr, "(none)", "(none)", false},
        TableRow{"NoOriginNamed", "http://a.example", nullptr, "Origin", "(none)", false},
        TableRow{"NoOriginAll", "*", nullptr, "(none)", "*", true},
        TableRow{"OriginNoRule", nullptr, kPage, "(none)", "(none)", false},
        TableRow{"OriginMatches", kPage, kPage, "Origin", kPage, true},
        TableRow{"OriginMatchesNone", "http://a.example", kPage, "Origin", "(none)", false},
        TableRow{"OriginAll", "*", kPage, "(none)", "*", true}),
    [](const auto& row) { return row.param.name; });

// The reference's worked example: the second rule decides about the third request, and the third
// rule, which would allow it, is not asked.
TEST_F(CorsOfBlobsRules, TheFirstRuleForOriginAndMethodDecides) {
  const std::string content = "x-ms-blob-content-type, x-ms-blob-content-disposition";
  SetRules(Rule("http://www.contoso.com", "PUT,HEAD", content) + Rule("*", "PUT,GET", content) +
           Rule("http://www.contoso.com", "GET", "x-ms-client-request-id"));
  const auto ask = [&](const char* method, const char* header) {
    return Preflight({{"Origin", "http://www.contoso.com"},
                      {"Access-Control-Request-Method", method},
                      {"Access-Control-Request-Headers", header}})
        .status;
  };

  EXPECT_EQ(ask("PUT", "x-ms-blob-content-type"), 200);
  EXPECT_EQ(ask("GET", "x-ms-blob-content-type"), 200);
  EXPECT_EQ(ask("GET", "x-ms-client-request-id"), 403);
}

}  // namespace
}  // namespace msc::storage
