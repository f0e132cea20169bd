#include "storage_stub/access/shared_key.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

// The example of "Authorize with Shared Key",
// https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key
TEST(SharedKeyLite, SignsTheExampleOfTheReference) {
  const http::Request request{.method = Method::kPut,
                              .target = "/mycontainer/hello.txt",
                              .headers = {{"x-ms-date", "Sun, 20 Sep 2009 20:36:40 GMT"},
                                          {"x-ms-meta-m1", "v1"},
                                          {"x-ms-meta-m2", "v2"},
                                          {"Content-Type", "text/plain; charset=UTF-8"},
                                          {"Content-Length", "11"}}};

  EXPECT_EQ(LiteStringToSign(request, "/testaccount1/mycontainer/hello.txt"),
            "PUT\n\ntext/plain; charset=UTF-8\n\nx-ms-date:Sun, 20 Sep 2009 20:36:40 GMT\n"
            "x-ms-meta-m1:v1\nx-ms-meta-m2:v2\n/testaccount1/mycontainer/hello.txt");
}

TEST(SharedKeyLite, SignsTheDateAndOfTheQueryOnlyComp) {
  const http::Request request{.target = "/c?restype=container&comp=list&prefix=a",
                              .headers = {{"Date", "Sun, 20 Sep 2009 20:36:40 GMT"}}};

  EXPECT_EQ(LiteStringToSign(request, "/a/c"),
            "GET\n\n\nSun, 20 Sep 2009 20:36:40 GMT\n/a/c?comp=list");
}

class SharedKeyLiteTest : public ServiceTest {
 protected:
  http::Response GetAcl(const Bytes& key) {
    http::Request request{.target = '/' + std::string(kAccountName) + '/' + kContainerName +
                                    "?restype=container&comp=acl",
                          .headers = {{"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"},
                                      {"x-ms-version", "2020-12-06"}}};
    const auto text =
        LiteStringToSign(request, '/' + std::string(kAccountName) + std::string(request.path()));
    request.headers.push_back(
        {"Authorization", "SharedKeyLite " + std::string(kAccountName) + ':' + Sign(key, text)});
    return service_->Dispatch(request);
  }
};

TEST_F(SharedKeyLiteTest, PermitsWhatTheKeyDoes) { EXPECT_EQ(GetAcl(TestKey()).status, 200); }

TEST_F(SharedKeyLiteTest, TellsWhatWouldHaveBeenSigned) {
  const auto response = GetAcl("other");

  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body,
              HasSubstr("string to sign: 'GET\n\n\n\nx-ms-date:Mon, 23 Mar 2015 19:35:07 GMT\n"));
}

TEST_F(SharedKeyLiteTest, TakesARequestFor15Minutes) {
  clock_.Advance(15min + 1s);

  EXPECT_THAT(GetAcl(TestKey()).body, HasSubstr("Request date header too old"));
}

}  // namespace
}  // namespace msc::storage
