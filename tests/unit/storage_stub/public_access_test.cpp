// What anybody may read.
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kFree = '/' + std::string(kAccountName) + "/free";

class PublicAccessTest : public ServiceTest {
 protected:
  // A container with one blob.
  void CreateFree(const std::string& access) {
    http::Headers headers;
    if (!access.empty()) headers.push_back({"x-ms-blob-public-access", access});
    ASSERT_EQ(Send(Method::kPut, Container("", "free"), headers).status, 201);
    ASSERT_EQ(Put(Authorized(kFree + "/a"), "bytes").status, 201);
  }

  int StatusOf(Method method, const std::string& target) {
    return Send(method, target, {{"x-ms-version", "2020-12-06"}}).status;
  }
};

TEST_F(PublicAccessTest, OfBlobsLetsAnybodyReadThem) {
  CreateFree("blob");

  EXPECT_EQ(Content(Send(Method::kGet, kFree + "/a")), "bytes");
  for (const char* comp : {"", "?comp=metadata"}) {
    EXPECT_EQ(StatusOf(Method::kHead, kFree + "/a" + comp), 200) << comp;
  }
  EXPECT_EQ(StatusOf(Method::kGet, kFree + "/a?comp=blocklist"), 200);
  EXPECT_EQ(Code(Send(Method::kGet, kFree + "/gone")), "BlobNotFound");
}

TEST_F(PublicAccessTest, OfBlobsHidesTheContainer) {
  CreateFree("blob");

  for (const char* comp : {"", "&comp=metadata", "&comp=list", "&comp=acl"}) {
    EXPECT_EQ(StatusOf(Method::kGet, kFree + "?restype=container" + comp), 401) << comp;
  }
}

TEST_F(PublicAccessTest, OfTheContainerLetsAnybodyReadItToo) {
  CreateFree("container");

  EXPECT_EQ(StatusOf(Method::kGet, kFree + "/a"), 200);
  for (const char* comp : {"", "&comp=metadata", "&comp=list"}) {
    EXPECT_EQ(StatusOf(Method::kGet, kFree + "?restype=container" + comp), 200) << comp;
  }
  EXPECT_EQ(StatusOf(Method::kGet, kFree + "?restype=container&comp=acl"), 401);
  EXPECT_EQ(StatusOf(Method::kGet, kFree + "/a?comp=tags"), 401);
}

TEST_F(PublicAccessTest, LetsNobodyWrite) {
  CreateFree("container");

  EXPECT_EQ(StatusOf(Method::kPut, kFree + "/a"), 401);
  EXPECT_EQ(StatusOf(Method::kPut, kFree + "/a?comp=metadata"), 401);
  EXPECT_EQ(StatusOf(Method::kDelete, kFree + "/a"), 401);
  EXPECT_EQ(StatusOf(Method::kDelete, kFree + "?restype=container"), 401);
  EXPECT_EQ(StatusOf(Method::kGet, '/' + std::string(kAccountName) + "?comp=list"), 401);
}

TEST_F(PublicAccessTest, IsNotWhatContainersStartWith) {
  CreateFree("");

  EXPECT_EQ(StatusOf(Method::kGet, kFree + "/a"), 401);
  EXPECT_EQ(Code(Send(Method::kGet, kFree + "/a")), "ResourceNotFound");
  EXPECT_EQ(StatusOf(Method::kGet, Path()), 401);
  EXPECT_EQ(Value(Send(Method::kGet, Container("", "free")), "x-ms-blob-public-access"), "(none)");
}

TEST_F(PublicAccessTest, IsInThePropertiesTheAclAndTheList) {
  CreateFree("blob");

  EXPECT_EQ(Value(Send(Method::kGet, Container("", "free")), "x-ms-blob-public-access"), "blob");
  const auto acl = SendByKey(Method::kGet, kFree + "?restype=container&comp=acl");
  EXPECT_EQ(Value(acl, "x-ms-blob-public-access"), "blob");
  const auto list = Send(Method::kGet, Authorized('/' + std::string(kAccountName) + "?comp=list"));
  EXPECT_THAT(list.body, HasSubstr("<LeaseState>available</LeaseState>"
                                   "<PublicAccess>blob</PublicAccess><DefaultEncryptionScope>"));
  EXPECT_THAT(list.body, HasSubstr("<LeaseState>available</LeaseState><DefaultEncryptionScope>"));
}

class SetPublicAccess : public PublicAccessTest {
 protected:
  // Set Container ACL, which takes the account's key alone.
  http::Response SetAcl(const std::string& access) {
    http::Request request{.method = Method::kPut,
                          .target = kFree + "?restype=container&comp=acl",
                          .headers = {{"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"},
                                      {"x-ms-version", "2020-12-06"}}};
    if (!access.empty()) request.headers.push_back({"x-ms-blob-public-access", access});
    const auto text = StringToSign(request, '/' + std::string(kAccountName) + kFree);
    request.headers.push_back(
        {"Authorization", "SharedKey " + std::string(kAccountName) + ':' + Sign(TestKey(), text)});
    return service_->Dispatch(request);
  }
};

TEST_F(SetPublicAccess, ChangesItAndTakesItAway) {
  CreateFree("");

  EXPECT_EQ(SetAcl("container").status, 200);
  EXPECT_EQ(StatusOf(Method::kGet, kFree + "?restype=container"), 200);
  EXPECT_EQ(SetAcl("blob").status, 200);
  EXPECT_EQ(StatusOf(Method::kGet, kFree + "?restype=container"), 401);
  EXPECT_EQ(StatusOf(Method::kGet, kFree + "/a"), 200);
  EXPECT_EQ(SetAcl("").status, 200);
  EXPECT_EQ(StatusOf(Method::kGet, kFree + "/a"), 401);
}

TEST_F(SetPublicAccess, KnowsTwoKinds) {
  CreateFree("");

  for (const char* kind : {"true", "Blob", "account"}) {
    EXPECT_EQ(Code(SetAcl(kind)), "InvalidHeaderValue");
    EXPECT_EQ(Code(Send(Method::kPut, Container("", "other"), {{"x-ms-blob-public-access", kind}})),
              "InvalidHeaderValue");
  }
}

TEST_F(PublicAccessTest, SurvivesARestart) {
  const TemporaryFolder folder;
  Restart(folder.path());
  CreateFree("blob");

  Restart(folder.path());

  EXPECT_EQ(Content(Send(Method::kGet, kFree + "/a")), "bytes");
}

TEST_F(PublicAccessTest, OpensSourcesOfCopies) {
  CreateFree("blob");

  for (const char* sync : {"true", "false"}) {
    EXPECT_EQ(Send(Method::kPut, Target("copy"),
                   {{"x-ms-copy-source", "http://127.0.0.1" + kFree + "/a"},
                    {"x-ms-requires-sync", sync},
                    {"Content-Length", "0"}})
                  .status,
              202);
  }
  EXPECT_EQ(Content(Send(Method::kGet, Target("copy"))), "bytes");
}

}  // namespace
}  // namespace msc::storage
