// The read-only copy of an account, and what is asked of accounts themselves.
#include "storage_stub/access/account_sas.h"
#include "storage_stub/access/shared_key.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

const std::string kPrimary = '/' + std::string(kAccountName);
const std::string kSecondary = kPrimary + "-secondary";
constexpr const char* kStats = "?restype=service&comp=stats";
constexpr const char* kInformation = "?restype=account&comp=properties";

// Query fields of an account's signature.
std::string AccountSignature(const std::string& types, const std::string& permissions) {
  const AccountSas sas{.version = "2020-12-06",
                       .services = "b",
                       .resource_types = types,
                       .permissions = permissions,
                       .expires = kExpires};
  return "&sv=2020-12-06&ss=b&srt=" + types + "&sp=" + permissions + "&se=" + kExpires +
         "&sig=" + PercentEncode(Sign(TestKey(), StringToSign(sas, kAccountName)));
}

class SecondaryTest : public ServiceTest {
 protected:
  // The answer to a GET signed with Shared Key over `path`.
  http::Response GetSigned(const std::string& target, const std::string& path,
                           std::string authority = "127.0.0.1") {
    http::Request request{.target = target,
                          .authority = std::move(authority),
                          .headers = {{"x-ms-version", "2020-12-06"},
                                      {"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"}}};
    request.headers.push_back({"Authorization", "SharedKey " + std::string(kAccountName) + ':' +
                                                    Sign(TestKey(), StringToSign(request, path))});
    return service_->Dispatch(request);
  }
};

class GetServiceStatsTest : public SecondaryTest {};

TEST_F(GetServiceStatsTest, TellsThatTheCopyIsUpToDate) {
  const auto response = Send(Method::kGet, Authorized(kSecondary + kStats));

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Value(response, "Content-Type"), "application/xml");
  EXPECT_THAT(response.body, HasSubstr("<StorageServiceStats><GeoReplication><Status>live</Status>"
                                       "<LastSyncTime>Mon, 23 Mar 2015 19:35:07 GMT</LastSyncTime>"
                                       "</GeoReplication></StorageServiceStats>"));
}

TEST_F(GetServiceStatsTest, AnswersTheNameInTheHost) {
  const auto response = GetSigned(std::string("/") + kStats, kPrimary + '/',
                                  std::string(kAccountName) + "-secondary.blob.localhost:10000");

  EXPECT_EQ(response.status, 200) << response.body;
}

TEST_F(GetServiceStatsTest, AnswersTheNameInALocalHost) {
  const auto response = GetSigned(std::string("/") + kStats, kPrimary + '/',
                                  std::string(kAccountName) + "-secondary.localhost:10000");

  EXPECT_EQ(response.status, 200) << response.body;
}

TEST_F(GetServiceStatsTest, AnswersThePathAtAnyOtherLocalHost) {
  const auto response =
      GetSigned(kSecondary + kStats, kPrimary + kSecondary, "somebody.localhost:10000");

  EXPECT_EQ(response.status, 200) << response.body;
}

TEST_F(GetServiceStatsTest, IsNotThereAtThePrimary) {
  const auto response = Send(Method::kGet, Authorized(kPrimary + kStats));

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Code(response), "InvalidQueryParameterValue");
  EXPECT_THAT(response.body, HasSubstr("<QueryParameterName>comp</QueryParameterName>"));
}

TEST_F(GetServiceStatsTest, NeedsReadingOfTheService) {
  const auto status = [&](const std::string& types, const std::string& permissions) {
    return Send(Method::kGet, kSecondary + kStats + AccountSignature(types, permissions)).status;
  };

  EXPECT_EQ(status("s", "r"), 200);
  EXPECT_EQ(status("s", "wl"), 403);
  EXPECT_EQ(status("co", "r"), 403);
  EXPECT_EQ(Send(Method::kGet, kSecondary + kStats, {{"x-ms-version", "2020-12-06"}}).status, 401);
}

TEST_F(SecondaryTest, ReadsWhatThePrimaryHas) {
  Put(Target(), "the bytes");
  const auto query = Target().substr(Target().find('?'));

  const auto response = Send(Method::kGet, kSecondary + '/' + kContainerName + "/a.mp4" + query);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Content(response), "the bytes");
}

TEST_F(SecondaryTest, TakesNoWrites) {
  const auto response = Put(Authorized(kSecondary + '/' + kContainerName + "/a.mp4"), "the bytes");

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(Code(response), "InsufficientAccountPermissions");
  EXPECT_FALSE(service_->FindBlob(kContainerName, "a.mp4"));
}

struct WriteToSecondary {
  const char* name;
  Method method;
  const char* target;
};

class EveryWriteToTheSecondary : public SecondaryTest,
                                 public ::testing::WithParamInterface<WriteToSecondary> {};

TEST_P(EveryWriteToTheSecondary, IsRejected) {
  const auto& [name, method, target] = GetParam();

  for (const auto& response :
       {Send(method, Authorized(kSecondary + target)), SendByKey(method, kSecondary + target)}) {
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(Code(response), "InsufficientAccountPermissions");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Operations, EveryWriteToTheSecondary,
    ::testing::Values(
        WriteToSecondary{"CreateContainer", Method::kPut, "/new?restype=container"},
        WriteToSecondary{"DeleteContainer", Method::kDelete, "/new?restype=container"},
        WriteToSecondary{"SetAcl", Method::kPut, "/new?restype=container&comp=acl"},
        WriteToSecondary{"SetContainerMetadata", Method::kPut,
                         "/new?restype=container&comp=metadata"},
        WriteToSecondary{"SetServiceProperties", Method::kPut, "?restype=service&comp=properties"},
        WriteToSecondary{"Batch", Method::kPost, "?comp=batch"},
        WriteToSecondary{"PutBlock", Method::kPut, "/con/a?comp=block&blockid=AAAA"},
        WriteToSecondary{"PutBlockList", Method::kPut, "/con/a?comp=blocklist"},
        WriteToSecondary{"AppendBlock", Method::kPut, "/con/a?comp=appendblock"},
        WriteToSecondary{"PutPage", Method::kPut, "/con/a?comp=page"},
        WriteToSecondary{"SetTags", Method::kPut, "/con/a?comp=tags"},
        WriteToSecondary{"SetTier", Method::kPut, "/con/a?comp=tier"},
        WriteToSecondary{"SetProperties", Method::kPut, "/con/a?comp=properties"},
        WriteToSecondary{"Delete", Method::kDelete, "/con/a"}),
    [](const auto& row) { return row.param.name; });

TEST_F(SecondaryTest, IsThereForKnownAccountsOnly) {
  EXPECT_TRUE(service_->HasAccount("cvprbl203m01r12-secondary"));
  EXPECT_FALSE(service_->HasAccount("cvprbl203m01r12-secondary-secondary"));
  EXPECT_FALSE(service_->HasAccount("other-secondary"));
  EXPECT_FALSE(service_->HasAccount("-secondary"));
  EXPECT_EQ(Send(Method::kGet, "/other-secondary" + std::string(kStats)).status, 404);
}

// Source: "Authorize with Shared Key": the resource is that of the primary.
TEST_F(SecondaryTest, SignsThePathOfThePrimary) {
  const std::string path = '/' + std::string(kContainerName);
  const std::string query = "?restype=container";

  EXPECT_EQ(GetSigned(kSecondary + path + query, kPrimary + kPrimary + path).status, 200);
  EXPECT_EQ(GetSigned(kSecondary + path + query, kPrimary + kSecondary + path).status, 200);
  EXPECT_EQ(GetSigned(kSecondary + path + query, kSecondary + kSecondary + path).status, 403);
  EXPECT_EQ(GetSigned(kPrimary + path + query, kPrimary + kSecondary + path).status, 403);
}

TEST_F(SecondaryTest, NamesItselfInLists) {
  const auto response = Send(Method::kGet, Authorized(kSecondary + "?comp=list"));

  EXPECT_THAT(response.body, HasSubstr("ServiceEndpoint=\"http://127.0.0.1" + kSecondary + "/\""));
}

class GetAccountInformationTest : public SecondaryTest {
 protected:
  static std::string At(const std::string& path) { return kPrimary + path + kInformation; }
};

TEST_F(GetAccountInformationTest, IsTheSameAtEveryUrl) {
  const std::string container = '/' + std::string(kContainerName);
  for (const auto& path : {std::string("/"), container, container + '/', container + "/a/b"}) {
    for (const auto method : {Method::kGet, Method::kHead}) {
      const auto response = Send(method, Authorized(At(path)));

      EXPECT_EQ(response.status, 200) << path;
      EXPECT_EQ(Value(response, "x-ms-sku-name"), "Standard_RAGRS");
      EXPECT_EQ(Value(response, "x-ms-account-kind"), "StorageV2");
      EXPECT_EQ(Value(response, "x-ms-is-hns-enabled"), "false");
      EXPECT_EQ(Value(response, "Content-Length"), "0");
    }
  }
}

TEST_F(GetAccountInformationTest, TakesAnyAccountSignature) {
  for (const std::string path : {"/", "/container", "/container/blob"}) {
    EXPECT_EQ(Send(Method::kGet, At(path) + AccountSignature("o", "d")).status, 200) << path;
    EXPECT_EQ(Send(Method::kGet, At(path) + AccountSignature("s", "l")).status, 200) << path;
  }
}

TEST_F(GetAccountInformationTest, TakesAnySignatureOfTheContainerOrTheBlob) {
  const auto now = clock_.Now();
  const auto of_blob = service_->SignBlob(kContainerName, "a.mp4", "d", now, now + 1h);
  const auto of_container = Target().substr(Target().find('?') + 1);
  const std::string container = '/' + std::string(kContainerName);
  const auto status = [&](const std::string& path, const std::string& query) {
    return Send(Method::kGet, At(path) + '&' + query).status;
  };

  EXPECT_EQ(status(container + "/a.mp4", of_blob), 200);
  EXPECT_EQ(status(container + "/b.mp4", of_blob), 403);
  EXPECT_EQ(status(container, of_container), 200);
  EXPECT_EQ(status(container + "/a.mp4", of_container), 200);
  EXPECT_EQ(status("/other", of_container), 403);
}

TEST_F(GetAccountInformationTest, TellsOfTheNamespaceFromItsVersionOn) {
  AccountSas sas{.version = "2018-11-09",
                 .services = "b",
                 .resource_types = "s",
                 .permissions = "r",
                 .expires = kExpires};
  const auto query = std::string("&sv=2018-11-09&ss=b&srt=s&sp=r&se=") + kExpires +
                     "&sig=" + PercentEncode(Sign(TestKey(), StringToSign(sas, kAccountName)));

  const auto response = Send(Method::kGet, At("/") + query);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Value(response, "x-ms-is-hns-enabled"), "(none)");
}

TEST_F(GetAccountInformationTest, IsForThoseWhoMayAsk) {
  const auto response =
      Send(Method::kHead, At("/container/blob"), {{"x-ms-version", "2020-12-06"}});

  EXPECT_EQ(response.status, 401);
}

}  // namespace
}  // namespace msc::storage
