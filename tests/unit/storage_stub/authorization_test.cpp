#include "emulator/base/encoding.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

class AuthorizationTest : public ServiceTest {
 protected:
  // A query signed with the account's key, whatever is in it.
  static std::string Query(Sas sas, std::string_view blob = "a.mp4") {
    const ResourceName name{kAccountName, kContainerName, std::string(blob)};
    sas.signature = Sign(TestKey(), StringToSign(sas, CanonicalResource(sas, name)));
    return "sv=" + sas.version + "&sr=" + sas.resource + "&si=" + sas.identifier +
           "&sp=" + sas.permissions + "&st=" + sas.starts + "&se=" + sas.expires +
           "&rsct=" + PercentEncode(sas.content_type) + "&sig=" + PercentEncode(sas.signature);
  }

  static Sas AdHoc(std::string version, std::string permissions) {
    return {.version = std::move(version),
            .resource = "b",
            .permissions = std::move(permissions),
            .expires = kExpires};
  }

  void ExpectError(const http::Response& response, int status, std::string_view code,
                   const std::string& detail = {}) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(Value(response, "x-ms-error-code"), code);
    if (!detail.empty()) {
      EXPECT_THAT(response.body, HasSubstr("<AuthenticationErrorDetail>" + detail));
    }
  }
};

TEST_F(AuthorizationTest, SignsTheConnectorsOwnUrl) {
  EXPECT_EQ(service_->SignByPolicy(kContainerName, kPolicyId, At(kStarts), At(kExpires)),
            "sv=2012-02-12&sr=c&si=5e9ce4f6-9075-40d1-929a-831ebdc1edd9"
            "&sig=f60Cv0IVuA1cM%2FCRgLfBHC5NZomM%2Flf2s89T%2BuSfACo%3D"
            "&st=2015-03-23T19%3A30%3A07Z&se=2015-03-24T08%3A00%3A07Z");
}

TEST_F(AuthorizationTest, RefusesASignatureWhosePlusIsNotEscaped) {
  std::string target = Path() + "?sv=2012-02-12&sr=c&si=" + kPolicyId +
                       "&sig=f60Cv0IVuA1cM/CRgLfBHC5NZomM/lf2s89T+uSfACo=&st=" + kStarts +
                       "&se=" + kExpires;

  ExpectError(Put(target, "x"), 403, "AuthenticationFailed", "Signature fields not well formed.<");
}

TEST_F(AuthorizationTest, SignsOneBlob) {
  const auto query = service_->SignBlob(kContainerName, "a.mp4", "rw", At(kStarts), At(kExpires));

  EXPECT_EQ(Put(Path() + '?' + query, "x").status, 201);
  EXPECT_EQ(Send(Method::kGet, Path() + '?' + query).status, 200);
  ExpectError(Send(Method::kGet, Path("b.mp4") + '?' + query), 403, "AuthenticationFailed",
              "Signature did not match. String to sign used was rw\n");
}

class EveryVersion : public AuthorizationTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(EveryVersion, IsTaken) {
  const auto response = Put(Path() + '?' + Query(AdHoc(GetParam(), "w")), "x");

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(Value(response, "x-ms-version"), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Sv, EveryVersion,
                         ::testing::Values("2012-02-12", "2013-08-15", "2014-02-14", "2015-02-21",
                                           "2015-04-05", "2018-03-28", "2018-11-09", "2020-02-10",
                                           "2020-12-06", "2025-11-05", "2099-12-31"));

TEST_F(AuthorizationTest, RefusesAtTheExpiryInstant) {
  const std::string target = Target();

  clock_.Advance(At(kExpires) - clock_.Now());

  ExpectError(Put(target, "x"), 403, "AuthenticationFailed",
              "Signature not valid in the specified time frame: Start [Mon, 23 Mar 2015 19:30:07 "
              "GMT] - Expiry [Tue, 24 Mar 2015 08:00:07 GMT] - Current [Tue, 24 Mar 2015 08:00:07 "
              "GMT]");
}

TEST_F(AuthorizationTest, RefusesAMillisecondBeforeTheStart) {
  Sas sas = AdHoc("2012-02-12", "w");
  sas.starts = "2015-03-23T19:35:08Z";
  const std::string target = Path() + '?' + Query(sas);

  clock_.Advance(999ms);
  EXPECT_EQ(Put(target, "x").status, 403);
  clock_.Advance(1ms);
  EXPECT_EQ(Put(target, "x").status, 201);
}

TEST_F(AuthorizationTest, RefusesOnceThePolicyIsGone) {
  RemovePolicy();

  ExpectError(Put(Target(), "x"), 403, "AuthenticationFailed",
              "SAS identifier cannot be found for specified signed identifier<");
}

TEST_F(AuthorizationTest, RefusesAFieldInUrlAndPolicy) {
  Sas sas = AdHoc("2012-02-12", "w");
  sas.identifier = kPolicyId;

  ExpectError(Put(Path() + '?' + Query(sas), "x"), 403, "AuthenticationFailed",
              "Access policy fields can be associated with signature or SAS identifier but not "
              "both<");
}

TEST_F(AuthorizationTest, RefusesWithoutAnyExpiry) {
  Sas sas = AdHoc("2012-02-12", "w");
  sas.expires = {};

  ExpectError(Put(Path() + '?' + Query(sas), "x"), 403, "AuthenticationFailed",
              "se is mandatory. Cannot be empty<");
}

TEST_F(AuthorizationTest, RefusesWithoutResource) {
  Sas sas = AdHoc("2018-11-09", "w");
  sas.resource = {};

  ExpectError(Put(Path() + '?' + Query(sas), "x"), 403, "AuthenticationFailed",
              "sr is mandatory. Cannot be empty<");
}

TEST_F(AuthorizationTest, RefusesPermissionsOutOfOrder) {
  ExpectError(Put(Path() + '?' + Query(AdHoc("2018-11-09", "wr")), "x"), 403,
              "AuthenticationFailed", "Signature fields not well formed.<");
}

class SentTwice : public AuthorizationTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(SentTwice, IsRefused) {
  const std::string target = Target();
  const auto from = target.find(GetParam());
  const auto parameter = target.substr(from, target.find('&', from) - from);

  ExpectError(Put(target + '&' + parameter, "x"), 403, "AuthenticationFailed");
}

INSTANTIATE_TEST_SUITE_P(Parameters, SentTwice,
                         ::testing::Values("sv=", "sr=", "si=", "sig=", "st=", "se="));

TEST_F(AuthorizationTest, SignsARepeatedParameterWithACommaBetweenItsValues) {
  ASSERT_EQ(Put(Target(), "x").status, 201);
  Sas sas = AdHoc("2013-08-15", "r");
  sas.content_type = "a";

  ExpectError(Send(Method::kGet, Path() + '?' + Query(sas) + "&rsct=b"), 403,
              "AuthenticationFailed", "Signature did not match. String to sign used was r\n");
  EXPECT_THAT(Send(Method::kGet, Path() + '?' + Query(sas) + "&rsct=b").body, HasSubstr("\na,b<"));
}

TEST_F(AuthorizationTest, RefusesATamperedField) {
  std::string target = Target();
  target.replace(target.find("2015-03-24T08"), 13, "2019-03-24T08");

  ExpectError(Put(target, "x"), 403, "AuthenticationFailed",
              "Signature did not match. String to sign used was \n2015-03-23T19:30:07Z\n"
              "2019-03-24T08:00:07Z\n/cvprbl203m01r12/asset-0914435d-1500-80c3-9b0e-f1e4d193b00f\n"
              "5e9ce4f6-9075-40d1-929a-831ebdc1edd9\n2012-02-12<");
}

TEST_F(AuthorizationTest, RefusesATruncatedSignature) {
  std::string target = Target();
  target.erase(target.find("%3D&st"), 3);

  EXPECT_EQ(Put(target, "x").status, 403);
}

TEST_F(AuthorizationTest, RefusesAnotherContainersSignature) {
  ASSERT_TRUE(service_->CreateContainer("other"));
  std::string target = Target();
  target.replace(target.find(kContainerName), std::string(kContainerName).size(), "other");

  EXPECT_EQ(Put(target, "x").status, 403);
}

TEST_F(AuthorizationTest, HidesTheResourceWherePermissionIsMissingBefore20150405) {
  ExpectError(Send(Method::kGet, Path() + '?' + Query(AdHoc("2015-02-21", "wd"))), 404,
              "ResourceNotFound");
}

TEST_F(AuthorizationTest, NamesTheMissingPermissionFrom20150405On) {
  ExpectError(Send(Method::kGet, Path() + '?' + Query(AdHoc("2015-04-05", "wd"))), 403,
              "AuthorizationPermissionMismatch");
}

struct Needed {
  const char* name;
  Method method;
  const char* others;  // All letters but the right ones.
};

class EveryOperation : public AuthorizationTest, public ::testing::WithParamInterface<Needed> {};

TEST_P(EveryOperation, NeedsItsPermission) {
  const std::string target = Path() + '?' + Query(AdHoc("2018-11-09", GetParam().others));
  FakeBody body("x");

  ExpectError(Send(GetParam().method, target, {{"x-ms-blob-type", "BlockBlob"}}, &body), 403,
              "AuthorizationPermissionMismatch");
  EXPECT_FALSE(body.touched());
}

INSTANTIATE_TEST_SUITE_P(Letters, EveryOperation,
                         ::testing::Values(Needed{"Put", Method::kPut, "radlt"},
                                           Needed{"Get", Method::kGet, "acwdl"},
                                           Needed{"Head", Method::kHead, "acwdl"},
                                           Needed{"Delete", Method::kDelete, "racwl"}),
                         [](const auto& row) { return row.param.name; });

TEST_F(AuthorizationTest, LetsCreateButNotOverwrite) {
  const std::string target = Path() + '?' + Query(AdHoc("2015-04-05", "c"));

  EXPECT_EQ(Put(target, "first").status, 201);
  ExpectError(Put(target, "second"), 403, "UnauthorizedBlobOverwrite");
  EXPECT_EQ(service_->FindBlob(kContainerName, "a.mp4")->size, 5u);
}

TEST_F(AuthorizationTest, HidesThePrivateContainerFromAnonymousRequests) {
  ExpectError(Send(Method::kGet, Path()), 404, "ResourceNotFound");
}

TEST_F(AuthorizationTest, ChallengesAnonymousRequestsOfNewerVersions) {
  const auto response = Send(Method::kGet, Path(), {{"x-ms-version", "2023-11-03"}});

  ExpectError(response, 401, "NoAuthenticationInformation");
  EXPECT_THAT(Value(response, "WWW-Authenticate"), HasSubstr("Bearer"));
}

struct BesideSas {
  const char* name;
  const char* authorization;
  int status;
  const char* code;
  const char* detail = "";
};

class AuthorizationHeader : public AuthorizationTest,
                            public ::testing::WithParamInterface<BesideSas> {};

TEST_P(AuthorizationHeader, DecidesWithAndWithoutASignatureInTheQuery) {
  for (const auto& target : {Target(), Path()}) {
    const auto response = Put(target, "x",
                              {{"Authorization", GetParam().authorization},
                               {"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"}});

    ExpectError(response, GetParam().status, GetParam().code, GetParam().detail);
  }
  EXPECT_FALSE(service_->FindBlob(kContainerName, "a.mp4"));
}

INSTANTIATE_TEST_SUITE_P(
    Values, AuthorizationHeader,
    ::testing::Values(BesideSas{"Basic", "Basic YTpi", 400, "InvalidAuthenticationInfo"},
                      BesideSas{"SharedAccessSignature", "SharedAccessSignature sig=AAAA", 400,
                                "InvalidAuthenticationInfo"},
                      BesideSas{"SharedKeyLite", "SharedKeyLite cvprbl203m01r12:AAAA", 403,
                                "AuthenticationFailed",
                                "The MAC signature found in the HTTP request 'AAAA' is not"},
                      BesideSas{"WithoutColon", "SharedKey x", 400, "InvalidAuthenticationInfo"},
                      BesideSas{"Empty", "", 400, "InvalidAuthenticationInfo"},
                      BesideSas{"BearerWithoutToken", "Bearer", 400, "InvalidAuthenticationInfo"},
                      BesideSas{"Bearer", "Bearer eyJ0", 403, "AuthenticationFailed",
                                "Authentication scheme Bearer is not supported in this version.<"},
                      BesideSas{
                          "WrongKey", "SharedKey cvprbl203m01r12:AAAA", 403, "AuthenticationFailed",
                          "The MAC signature found in the HTTP request 'AAAA' is not the same"}),
    [](const auto& row) { return row.param.name; });

TEST_F(AuthorizationTest, SaysInTheBodyHowTheHeaderIsWrong) {
  const auto response = Send(Method::kGet, Path(), {{"Authorization", "Basic YTpi"}});

  EXPECT_EQ(response.reason,
            "Authentication information is not given in the correct format. Check the value of "
            "Authorization header.");
  EXPECT_THAT(response.body, ::testing::Not(HasSubstr("HeaderName")));
}

TEST_F(AuthorizationTest, LetsNoServiceSignatureActOnContainers) {
  Sas sas = AdHoc("2018-11-09", "racwdl");
  sas.resource = "c";
  const std::string container =
      '/' + std::string(kAccountName) + '/' + kContainerName + "?restype=container&" + Query(sas);

  for (const char* operation : {"", "&comp=metadata", "&comp=acl"}) {
    const auto response = Send(Method::kPut, container + operation);
    ExpectError(response, 403, "AuthorizationFailure");
    EXPECT_EQ(response.reason, "This request is not authorized to perform this operation.");
  }
  ExpectError(Send(Method::kDelete, container), 403, "AuthorizationFailure");
}

TEST_F(AuthorizationTest, NeedsWritingForBlocks) {
  const auto put = [&](const char* permissions, const char* operation) {
    return SendText(Method::kPut,
                    Path() + '?' + Query(AdHoc("2018-11-09", permissions)) + operation,
                    "<BlockList/>");
  };

  for (const char* operation : {"&comp=block&blockid=AAAA", "&comp=blocklist"}) {
    ExpectError(put("rac", operation), 403, "AuthorizationPermissionMismatch");
    EXPECT_EQ(put("w", operation).status, 201);
  }
}

TEST_F(AuthorizationTest, KnowsNoOtherAccount) {
  ExpectError(Send(Method::kGet, "/nobody/con/blob?sig=x"), 404, "ResourceNotFound");
}

TEST_F(AuthorizationTest, AppliesTheHeadersThatTheSignaturePrescribes) {
  ASSERT_EQ(Put(Target(), "x").status, 201);
  Sas sas = AdHoc("2013-08-15", "r");
  sas.content_type = "video/mp4; a=\"b\"";

  EXPECT_EQ(Value(Send(Method::kGet, Path() + '?' + Query(sas)), "Content-Type"),
            "video/mp4; a=\"b\"");
}

TEST_F(AuthorizationTest, KeepsPrescribedControlBytesOutOfHeaders) {
  ASSERT_EQ(Put(Target(), "x").status, 201);
  Sas sas = AdHoc("2013-08-15", "r");
  sas.content_type = "a\r\nx-evil: 1";

  const auto response = Send(Method::kGet, Path() + '?' + Query(sas));

  EXPECT_EQ(Value(response, "Content-Type"), "application/octet-stream");
}

}  // namespace
}  // namespace msc::storage
