#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/shared_key.h"
#include "storage_stub/protocol/error_body.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

// Made by the service's official JavaScript SDK with the same key, account and dates.
struct AccountSasVector {
  const char* version;
  const char* signature;
};

class AccountSasVectors : public ::testing::TestWithParam<AccountSasVector> {};

TEST_P(AccountSasVectors, Match) {
  const AccountSas sas{.version = GetParam().version,
                       .services = "b",
                       .resource_types = "sco",
                       .permissions = "rwdlac",
                       .starts = kStarts,
                       .expires = kExpires,
                       .address_range = "127.0.0.1-127.0.0.9",
                       .protocol = "https,http"};

  EXPECT_EQ(Sign(TestKey(), StringToSign(sas, kAccountName)), GetParam().signature);
}

INSTANTIATE_TEST_SUITE_P(
    Sdk, AccountSasVectors,
    ::testing::Values(
        AccountSasVector{"2015-04-05", "Hp4DC2ZlzpppkNiJ7BbwbiCvGtYhSil+m1NwO/Ko9v4="},
        AccountSasVector{"2018-11-09", "30SAFIXAlowDoc/AZmCkhGSb9RP6weDeFH1ljhZs9ck="},
        AccountSasVector{"2020-12-06", "2PNxxSdv9Erg6piDN4tNfHHJqqEl6G1DJk/zEENmo+g="},
        AccountSasVector{"2024-11-04", "Kbu7yEDd7bCQJlYWp8dsf6rS+CfsNmo+53uJ3T8rlRc="}));

constexpr const char* kSdkDate = "Sun, 22 Nov 2026 12:30:59 GMT";

// Requests that the same SDK sent.
class SharedKeyTest : public ServiceTest {
 protected:
  SharedKeyTest() { clock_.Advance(At("2026-11-22T12:30:59Z") - clock_.Now()); }

  static http::Headers PutBlobHeaders() {
    return {{"Content-Type", "application/octet-stream"},
            {"x-ms-version", "2025-05-05"},
            {"Content-Length", "5"},
            {"x-ms-meta-Zeta", "1"},
            {"x-ms-meta-alpha", "two words"},
            {"If-None-Match", "*"},
            {"Accept", "application/xml"},
            {"x-ms-blob-type", "BlockBlob"},
            {"x-ms-client-request-id", "4c94b55b-a708-4256-910e-0f8aaa73315d"},
            {"x-ms-date", kSdkDate},
            {"Authorization",
             "SharedKey cvprbl203m01r12:qqsFxoPkCt2nEo4+Yl2XDxLBK6F6WCq2MDxfDG/M1U8="}};
  }

  http::Response PutBlob(http::Headers headers) {
    return SendText(Method::kPut, Path("a%20b/%C3%BC.mp4"), "hello", std::move(headers));
  }

  static void Change(http::Headers& headers, std::string_view name, const std::string& value) {
    for (auto& header : headers) {
      if (header.name == name) header.value = value;
    }
  }
};

TEST_F(SharedKeyTest, LetsTheSdksRequestsIn) {
  EXPECT_EQ(PutBlob(PutBlobHeaders()).status, 201);

  const auto block =
      SendText(Method::kPut, Path("a%20b/%C3%BC.mp4") + "?comp=block&blockid=AAA%2B", "",
               {{"Content-Type", "application/octet-stream"},
                {"x-ms-version", "2025-05-05"},
                {"Content-Length", "0"},
                {"Accept", "application/xml"},
                {"x-ms-client-request-id", "fa6da23e-a757-4942-92f8-d5f5919c32f7"},
                {"x-ms-date", kSdkDate},
                {"Authorization",
                 "SharedKey cvprbl203m01r12:RU6JA1rhvdKuIHNuF2OLbD+7zRZB8HkRARQW3B42q2Q="}});
  EXPECT_EQ(Code(block), "InvalidHeaderValue");  // It is empty, but let in.
}

// The service itself reads the source of a Copy Blob; Copy Blob From URL reads it as anybody does.
TEST_F(SharedKeyTest, OpensTheSourceOfACopyButNotOfOneAtOnceIfStrict) {
  Restart({}, /*strict=*/true);
  ASSERT_EQ(PutBlob(PutBlobHeaders()).status, 201);
  const auto copy = [&](const char* requires_sync) {
    http::Request request{
        .method = Method::kPut,
        .target = Path("copy"),
        .headers = {{"x-ms-version", "2020-12-06"},
                    {"x-ms-copy-source", "http://127.0.0.1" + Path("a%20b/%C3%BC.mp4")},
                    {"x-ms-requires-sync", requires_sync},
                    {"x-ms-date", kSdkDate}}};
    const auto text = StringToSign(request, '/' + std::string(kAccountName) + request.target);
    request.headers.push_back(
        {"Authorization", "SharedKey " + std::string(kAccountName) + ':' + Sign(TestKey(), text)});
    return service_->Dispatch(request);
  };

  EXPECT_EQ(copy("false").status, 202);
  const auto at_once = copy("true");
  EXPECT_EQ(at_once.status, 404);
  EXPECT_EQ(Code(at_once), "CannotVerifyCopySource");
}

TEST_F(SharedKeyTest, LetsThemInThroughTheHostStyle) {
  http::Request request{.method = Method::kPut,
                        .target = '/' + std::string(kContainerName) + "/a.mp4",
                        .authority = "cvprbl203m01r12.blob.localhost:10000",
                        .headers = {{"x-ms-version", "2020-12-06"},
                                    {"x-ms-blob-type", "BlockBlob"},
                                    {"Content-Length", "0"},
                                    {"x-ms-date", kSdkDate}}};
  const auto text = StringToSign(request, '/' + std::string(kAccountName) + request.target);
  request.headers.push_back(
      {"Authorization", "SharedKey " + std::string(kAccountName) + ':' + Sign(TestKey(), text)});

  EXPECT_EQ(service_->Dispatch(request).status, 201);
  EXPECT_TRUE(service_->FindBlob(kContainerName, "a.mp4"));
}

TEST_F(SharedKeyTest, TellsWhatWouldHaveBeenSigned) {
  auto headers = PutBlobHeaders();
  Change(headers, "x-ms-meta-alpha", "three words");

  const auto response = PutBlob(headers);

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(Code(response), "AuthenticationFailed");
  EXPECT_THAT(response.body, HasSubstr("Server used following string to sign: 'PUT\n\n\n5\n\n"
                                       "application/octet-stream\n\n\n\n*\n\n\nx-ms-blob-type:"));
  EXPECT_THAT(response.body, HasSubstr("x-ms-meta-alpha:three words\nx-ms-meta-zeta:1\n"));
}

TEST_F(SharedKeyTest, TakesARequestFor15Minutes) {
  clock_.Advance(15min);
  EXPECT_EQ(PutBlob(PutBlobHeaders()).status, 201);

  clock_.Advance(1s);
  const auto response = PutBlob(PutBlobHeaders());
  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body, HasSubstr("Request date header too old: 'Sun, 22 Nov 2026"));
}

TEST(SharedKey, TakesNoRequestFromTheFuture) {
  const http::Request request{.headers = {{"x-ms-date", kSdkDate}}};

  EXPECT_TRUE(CheckRequestDate(request, At("2026-11-22T12:15:59Z")));
  EXPECT_THAT(
      AuthenticationErrorDetail(CheckRequestDate(request, At("2026-11-22T12:15:58Z")).error()),
      HasSubstr("Request date header too new"));
}

struct WrongAuthorization {
  const char* value;
  const char* code;
};

class BadAuthorization : public SharedKeyTest,
                         public ::testing::WithParamInterface<WrongAuthorization> {};

TEST_P(BadAuthorization, IsRefused) {
  auto headers = PutBlobHeaders();
  Change(headers, "Authorization", GetParam().value);

  EXPECT_EQ(Code(PutBlob(headers)), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Values, BadAuthorization,
    ::testing::Values(WrongAuthorization{"", "InvalidAuthenticationInfo"},
                      WrongAuthorization{"SharedKey", "InvalidAuthenticationInfo"},
                      WrongAuthorization{"SharedKey ", "InvalidAuthenticationInfo"},
                      WrongAuthorization{"SharedKey x", "InvalidAuthenticationInfo"},
                      WrongAuthorization{"SharedKey :AAAA", "InvalidAuthenticationInfo"},
                      WrongAuthorization{"SharedKey cvprbl203m01r12:", "InvalidAuthenticationInfo"},
                      WrongAuthorization{"SharedKey other:AAAA", "AuthenticationFailed"},
                      WrongAuthorization{"Bearer token", "AuthenticationFailed"},
                      WrongAuthorization{"SharedKey cvprbl203m01r12:\xFF",
                                         "AuthenticationFailed"}));

TEST(Accounts, HaveContainersOfTheirOwnAndSecondKeys) {
  const Clock clock(At("2015-03-23T19:35:07Z"));
  Random random(42, 0);
  sqlite::Database database("");
  BlobService service({.accounts = {{"first", {"k1"}}, {"second", {"k2", "k3"}}}}, database, clock,
                      random);
  const auto list = [&](const std::string& account, const Bytes& key) {
    const AccountSas sas{.version = "2020-12-06",
                         .services = "b",
                         .resource_types = "s",
                         .permissions = "l",
                         .expires = kExpires};
    http::Request request{.target = '/' + account +
                                    "?comp=list&sv=2020-12-06&ss=b&srt=s&sp=l&se=" + kExpires +
                                    "&sig=" + PercentEncode(Sign(key, StringToSign(sas, account)))};
    return service.Dispatch(request);
  };
  ASSERT_TRUE(service.CreateContainer("mine"));

  EXPECT_THAT(list("first", "k1").body, HasSubstr("<Name>mine</Name>"));
  for (const char* key : {"k2", "k3"}) {
    EXPECT_EQ(list("second", key).status, 200);
    EXPECT_THAT(list("second", key).body, Not(HasSubstr("mine")));
  }
  EXPECT_EQ(list("second", "k1").status, 403);
  EXPECT_EQ(list("third", "k1").status, 404);
}

class SignatureTest : public ServiceTest {
 protected:
  struct Fields {
    std::string services = "b";
    std::string types = "sco";
    std::string permissions = "r";
    std::string range = {};
    std::string protocol = {};
  };

  static std::string Signed(const std::string& target, const Fields& fields) {
    const AccountSas sas{.version = "2020-12-06",
                         .services = fields.services,
                         .resource_types = fields.types,
                         .permissions = fields.permissions,
                         .expires = kExpires,
                         .address_range = fields.range,
                         .protocol = fields.protocol};
    std::string query = "?sv=2020-12-06&ss=" + fields.services + "&srt=" + fields.types +
                        "&sp=" + fields.permissions + "&se=" + kExpires;
    if (!fields.range.empty()) query += "&sip=" + fields.range;
    if (!fields.protocol.empty()) query += "&spr=" + PercentEncode(fields.protocol);
    return target + query +
           "&sig=" + PercentEncode(Sign(TestKey(), StringToSign(sas, kAccountName)));
  }

  http::Response GetFrom(const std::string& address, const std::string& scheme,
                         const Fields& fields) {
    http::Request request{
        .target = Signed(Path(), fields), .scheme = scheme, .client_address = address};
    return service_->Dispatch(request);
  }
};

TEST_F(SignatureTest, OfAnAccountFindsBlobsWhateverItsTypes) {
  const std::string find = "&comp=blobs&where=" + PercentEncode("a='b'");
  const std::string account = '/' + std::string(kAccountName);
  for (const char* types : {"s", "o", "c"}) {
    const Fields fields{.types = types, .permissions = "f"};
    EXPECT_EQ(Send(Method::kGet, Signed(account, fields) + find).status, 200) << types;
    EXPECT_EQ(Send(Method::kGet,
                   Signed(account + '/' + kContainerName, fields) + "&restype=container" + find)
                  .status,
              200)
        << types;
  }
}

TEST_F(SignatureTest, OfAnAccountIsForItsServicesTypesAndPermissions) {
  Put(Target(), "x");

  EXPECT_EQ(Send(Method::kGet, Signed(Path(), {})).status, 200);
  EXPECT_EQ(Code(Send(Method::kGet, Signed(Path(), {.services = "q"}))),
            "AuthorizationServiceMismatch");
  EXPECT_EQ(Code(Send(Method::kGet, Signed(Path(), {.types = "sc"}))),
            "AuthorizationResourceTypeMismatch");
  EXPECT_EQ(Code(Send(Method::kGet, Signed(Path(), {.permissions = "wdl"}))),
            "AuthorizationPermissionMismatch");
}

TEST_F(SignatureTest, IsForItsAddresses) {
  Put(Target(), "x");
  const Fields fields{.range = "10.0.0.1-10.0.0.9"};

  EXPECT_EQ(GetFrom("10.0.0.9", "http", fields).status, 200);
  EXPECT_EQ(GetFrom("::ffff:10.0.0.1", "http", fields).status, 200);
  for (const char* address : {"10.0.0.10", "10.0.0.0", "::1", "", "fe80::1"}) {
    const auto response = GetFrom(address, "http", fields);
    EXPECT_EQ(response.status, 403) << address;
    EXPECT_EQ(Code(response), "AuthorizationSourceIPMismatch") << address;
  }
  EXPECT_EQ(GetFrom("::1", "http", {.range = "127.0.0.1"}).status, 200);
}

TEST_F(SignatureTest, IsForItsProtocol) {
  Put(Target(), "x");

  EXPECT_EQ(GetFrom("127.0.0.1", "https", {.protocol = "https"}).status, 200);
  EXPECT_EQ(GetFrom("127.0.0.1", "http", {.protocol = "https,http"}).status, 200);
  EXPECT_EQ(Code(GetFrom("127.0.0.1", "http", {.protocol = "https"})),
            "AuthorizationProtocolMismatch");
}

// The service's .NET library writes the blanks in these fields so.
TEST_F(SignatureTest, HoldsWhereBlanksInPrescribedHeadersArePluses) {
  Put(Target(), "x");
  const Sas sas{.version = "2020-12-06",
                .resource = "c",
                .permissions = "r",
                .expires = kExpires,
                .content_disposition = "attachment; filename=a"};
  const std::string query =
      "?sv=2020-12-06&sr=c&sp=r&se=" + std::string(kExpires) + "&sig=" +
      PercentEncode(Sign(
          TestKey(), StringToSign(sas, CanonicalResource(sas, {kAccountName, kContainerName}))));

  for (const char* value : {"attachment%3B+filename%3Da", "attachment%3B%20filename%3Da"}) {
    const auto response = Send(Method::kGet, Path() + query + "&rscd=" + value);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(Value(response, "Content-Disposition"), "attachment; filename=a");
  }
  EXPECT_EQ(Send(Method::kGet, Path() + query + "&rscd=attachment%3B-filename%3Da").status, 403);
}

// At these versions the fields were not signed.
TEST_F(SignatureTest, OfOldVersionsHasNoAddresses) {
  Put(Target(), "x");

  EXPECT_EQ(Send(Method::kGet, Target() + "&sip=10.0.0.1&spr=https").status, 200);
}

TEST_F(SignatureTest, OfAnAccountExpires) {
  clock_.Advance(std::chrono::days(2));

  const auto response = Send(Method::kGet, Signed(Path(), {}));

  EXPECT_EQ(Code(response), "AuthenticationFailed");
  EXPECT_THAT(response.body, HasSubstr("Signature not valid in the specified time frame"));
}

TEST_F(SignatureTest, OfAnAccountTellsWhatWouldHaveBeenSigned) {
  auto target = Signed(Path(), {});
  target.replace(target.find("sig=") + 4, 0, "AAAA");

  const auto response = Send(Method::kGet, target);

  EXPECT_THAT(response.body, HasSubstr("String to sign used was cvprbl203m01r12\nr\nb\nsco\n\n" +
                                       std::string(kExpires) + "\n\n\n2020-12-06\n\n"));
}

}  // namespace
}  // namespace msc::storage
