// Tokens of Microsoft Entra ID.
#include "storage_stub/access/token_check.h"
#include "storage_stub/access/token_claims.h"
#include "tests/unit/storage_stub/token.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

class BearerTest : public TokenTest {
 protected:
  http::Response GetContainer(const TestClaims& claims, const std::string& version = "2020-12-06") {
    return SendWith(Token(claims), Method::kGet, ContainerPath(), "", {}, version);
  }
};

TEST_F(BearerTest, PermitsReadingAndWriting) {
  const http::Headers put = {{"x-ms-blob-type", "BlockBlob"}};

  EXPECT_EQ(SendWith(Token(), Method::kPut, Path(), "bytes", put).status, 201);
  EXPECT_EQ(Content(SendWith(Token(), Method::kGet, Path())), "bytes");
  EXPECT_EQ(SendWith(Token(), Method::kGet, '/' + std::string(kAccountName) + "?comp=list").status,
            200);
  EXPECT_EQ(SendWith(Token(), Method::kDelete, Path()).status, 202);
}

class BearerIssuers : public BearerTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(BearerIssuers, AreThoseOfEntra) {
  EXPECT_EQ(GetContainer({.issuer = GetParam()}).status, 200);
}

INSTANTIATE_TEST_SUITE_P(Urls, BearerIssuers,
                         ::testing::Values("https://sts.windows.net/t/",
                                           "https://login.microsoftonline.com/t/v2.0",
                                           "https://login.microsoftonline.us/t/v2.0",
                                           "https://sts.microsoftonline.de/t/",
                                           "https://sts.chinacloudapi.cn/t/",
                                           "https://sts.windows-ppe.net/t/"));

class BearerAudiences : public BearerTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(BearerAudiences, AreTheServiceAndTheAccount) {
  EXPECT_EQ(GetContainer({.audience = GetParam()}).status, 200);
}

INSTANTIATE_TEST_SUITE_P(Names, BearerAudiences,
                         ::testing::Values("https://storage.azure.com",
                                           "https://storage.azure.com/",
                                           "e406a681-f3d4-42a8-90b6-c2b029497af1",
                                           "https://cvprbl203m01r12.blob.core.windows.net",
                                           "https://cvprbl203m01r12.blob.core.windows.net/",
                                           "https://cvprbl203m01r12.blob.core.chinacloudapi.cn",
                                           "https://cvprbl203m01r12.blob.core.usgovcloudapi.net/",
                                           "https://cvprbl203m01r12.blob.core.cloudapi.de"));

struct BadClaim {
  const char* name;
  TestClaims claims;
  const char* detail;
};

class BearerBadClaims : public BearerTest, public ::testing::WithParamInterface<BadClaim> {};

TEST_P(BearerBadClaims, AreRejectedWithAChallenge) {
  const auto response = GetContainer(GetParam().claims);

  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(Code(response), "InvalidAuthenticationInfo");
  EXPECT_THAT(response.reason, HasSubstr("Server failed to authenticate the request."));
  EXPECT_THAT(response.body,
              HasSubstr("<AuthenticationErrorDetail>" + std::string(GetParam().detail)));
  EXPECT_EQ(Value(response, "WWW-Authenticate"),
            "Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize "
            "resource_id=https://storage.azure.com");
}

TEST_P(BearerBadClaims, AreForbiddenBeforeTheChallenge) {
  const auto response = GetContainer(GetParam().claims, "2018-11-09");

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(Code(response), "AuthenticationFailed");
  EXPECT_THAT(response.body, HasSubstr(GetParam().detail));
  EXPECT_EQ(Value(response, "WWW-Authenticate"), "(none)");
}

INSTANTIATE_TEST_SUITE_P(
    Claims, BearerBadClaims,
    ::testing::Values(
        BadClaim{"Issuer",
                 {.issuer = "https://other/t/"},
                 "Issuer validation failed. Issuer did not match."},
        BadClaim{"NoIssuer", {.issuer = ""}, "Issuer validation failed."},
        BadClaim{"Audience",
                 {.audience = "https://other.blob.core.windows.net"},
                 "Audience validation failed. Audience did not match. The token's audience is"},
        BadClaim{"Early", {.starts = kExpires}, "Lifetime validation failed. The token is not yet"},
        BadClaim{
            "Late", {.expires = kStarts}, "Lifetime validation failed. The token is expired."}),
    [](const auto& row) { return row.param.name; });

TEST_F(BearerTest, IsValidFromItsStartToItsExpiry) {
  EXPECT_EQ(GetContainer({.starts = "2015-03-23T19:35:07Z"}).status, 200);
  EXPECT_EQ(GetContainer({.starts = "2015-03-23T19:35:08Z"}).status, 401);
  EXPECT_EQ(GetContainer({.expires = "2015-03-23T19:35:07Z"}).status, 401);
  EXPECT_EQ(GetContainer({.expires = "2015-03-23T19:35:08Z"}).status, 200);
}

TEST_F(BearerTest, IsForHttpsAlone) {
  const auto response =
      Send(Method::kGet, ContainerPath(),
           {{"Authorization", "Bearer " + Token()}, {"x-ms-version", "2020-12-06"}});

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(Code(response), "AuthenticationFailed");
  EXPECT_THAT(response.body, HasSubstr("Authentication scheme Bearer is not allowed with HTTP."));
}

TEST_F(BearerTest, CameWithAVersion) {
  const auto response = GetContainer({}, "2017-07-29");

  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body, HasSubstr("Bearer is not supported in this version."));
  EXPECT_EQ(GetContainer({}, "2017-11-09").status, 200);
}

TEST_F(BearerTest, ReadsAndSetsNoAcl) {
  const std::string acl = ContainerPath("?restype=container&comp=acl");

  for (const auto method : {Method::kGet, Method::kPut}) {
    const auto response = SendWith(Token(), method, acl);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(Code(response), "AuthenticationFailed");
    EXPECT_THAT(response.body, HasSubstr("Only authentication scheme SharedKey is supported"));
  }
}

TEST_F(BearerTest, OpensTheSourceOfACopy) {
  Put(Target("source"), "content");
  const auto copy = [&](const std::string& token) {
    return Send(Method::kPut, Authorized(Path("copy")),
                {{"x-ms-copy-source", "https://127.0.0.1" + Path("source")},
                 {"x-ms-copy-source-authorization", "Bearer " + token},
                 {"x-ms-requires-sync", "true"},
                 {"Content-Length", "0"}});
  };

  EXPECT_EQ(copy(Token()).status, 202);
  const auto expired = copy(Token({.expires = kStarts}));
  EXPECT_EQ(expired.status, 401);
  EXPECT_EQ(Code(expired), "CannotVerifyCopySource");
}

TEST_F(BearerTest, OpensPrivateSourcesOfItsAccount) {
  Put(Target("source"), "content");

  EXPECT_EQ(SendWith(Token(), Method::kPut, Path("copy"), "",
                     {{"x-ms-copy-source", "https://127.0.0.1" + Path("source")}})
                .status,
            202);
}

TEST_F(ServiceTest, TakesNoTokensUnlessTold) {
  FakeBody none("");
  http::Request request{
      .target = Path(),
      .scheme = "https",
      .headers = {{"Authorization", "Bearer " + Token()}, {"x-ms-version", "2020-12-06"}},
      .body = &none};

  const auto response = service_->Dispatch(request);

  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body, HasSubstr("Bearer is not supported in this version."));
}

TEST(CheckToken, SaysWhatTheTokenShouldSayAndKeepsItSecret) {
  const auto token = Token({.audience = "https://other"});
  const http::Request request{
      .scheme = "https",
      .headers = {{"Authorization", "Bearer " + token}, {"x-ms-version", "2020-12-06"}}};

  const auto checked = CheckToken(request, kAccountName, At("2015-03-23T19:35:07Z"));

  ASSERT_FALSE(checked);
  const auto* mismatch = checked.error().fact<CredentialMismatch>();
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->field.value, "Bearer <token with aud https://other>");
  EXPECT_EQ(mismatch->expected, "Bearer <token with aud https://storage.azure.com>");
}

class BadTokens : public ::testing::TestWithParam<std::string> {};

TEST_P(BadTokens, HaveNoClaims) { EXPECT_FALSE(ReadClaims(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Forms, BadTokens,
                         ::testing::Values("", "x", "a.b", "a.b.c", "..", "a.!.c",
                                           Token() + ".more", TokenOf(""), TokenOf("[]"),
                                           TokenOf("{"), TokenOf("{}"), TokenOf(R"({"nbf":1})"),
                                           TokenOf(R"({"nbf":"1","exp":2})"),
                                           TokenOf(std::string(100, '['))));

TEST(TokenClaims, AreReadAsTheyAre) {
  const auto claims = ReadClaims(
      TokenOf(R"({"iss":"I","aud":"A","nbf":1427139007,"exp":1e300,"oid":"O","tid":"T"})"));

  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->issuer + claims->audience + claims->object_id + claims->tenant_id, "IAOT");
  EXPECT_EQ(claims->not_before, At("2015-03-23T19:30:07Z"));
  EXPECT_EQ(FormatSeconds(claims->expires), "9999-12-31T23:59:59Z");
}

}  // namespace
}  // namespace msc::storage
