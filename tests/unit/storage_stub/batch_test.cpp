#include <vector>

#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class BatchTest : public ServiceTest {
 protected:
  BatchTest() {
    Put(Target("a"), "a");
    Put(Target("b"), "b");
  }

  static std::string Part(const std::string& request, const std::string& id = "0") {
    return "--limit\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
           "Content-ID: " +
           id + "\r\n\r\n" + request + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
  }

  std::string Delete(std::string_view blob) const { return "DELETE " + Target(blob); }

  http::Response Send(const std::string& parts, const std::string& target = AccountTarget()) const {
    return SendText(Method::kPost, target, parts + "--limit--\r\n",
                    {{"Content-Type", "multipart/mixed; boundary=limit"}});
  }

  static std::string AccountTarget() {
    return Authorized('/' + std::string(kAccountName) + "?comp=batch");
  }

  int StatusOf(std::string_view blob) const {
    return ServiceTest::Send(Method::kHead, Target(blob)).status;
  }

  void ExpectRejected(const http::Response& response) const {
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(Code(response), "InvalidInput");
    EXPECT_EQ(StatusOf("a"), 200);
  }
};

class BlobBatch : public BatchTest {};

TEST_F(BlobBatch, DeletesAllBlobs) {
  const auto response = Send(Part(Delete("a"), "0") + Part(Delete("b"), "1"));

  EXPECT_EQ(response.status, 202);
  EXPECT_THAT(Value(response, "Content-Type"),
              StartsWith("multipart/mixed; boundary=batchresponse_"));
  EXPECT_THAT(response.body, HasSubstr("Content-Type: application/http\r\nContent-ID: 0\r\n\r\n"
                                       "HTTP/1.1 202 Accepted\r\n"));
  EXPECT_THAT(response.body, HasSubstr("Content-ID: 1\r\n\r\nHTTP/1.1 202 Accepted\r\n"));
  EXPECT_EQ(StatusOf("a"), 404);
  EXPECT_EQ(StatusOf("b"), 404);
}

TEST_F(BlobBatch, AnswersEachRequestByItself) {
  const auto response = Send(Part(Delete("none"), "0") + Part(Delete("b"), "1"));

  EXPECT_EQ(response.status, 202);
  EXPECT_THAT(response.body, HasSubstr("HTTP/1.1 404 The specified blob does not exist.\r\n"));
  EXPECT_THAT(response.body, HasSubstr("x-ms-error-code: BlobNotFound\r\n"));
  EXPECT_THAT(response.body, HasSubstr("<Code>BlobNotFound</Code>"));
  EXPECT_EQ(StatusOf("b"), 404);
}

TEST_F(BlobBatch, AuthorizesEachRequestByItself) {
  const auto response = Send(Part("DELETE " + Path("a") + "?sv=2020-12-06&sr=b&sig=AAAA&se=2030"));

  EXPECT_EQ(response.status, 202);
  EXPECT_THAT(response.body, HasSubstr("HTTP/1.1 403 "));
  EXPECT_EQ(StatusOf("a"), 200);
}

TEST_F(BlobBatch, SignsRequestsWithoutTheirVersion) {
  const std::string date = "Mon, 23 Mar 2015 19:35:07 GMT";
  http::Request request{
      .method = Method::kDelete, .target = Path("a"), .headers = {{"x-ms-date", date}}};
  const auto signature =
      Sign(TestKey(), StringToSign(request, '/' + std::string(kAccountName) + Path("a")));

  const auto response =
      Send("--limit\r\nContent-Type: application/http\r\n\r\nDELETE " + Path("a") +
           " HTTP/1.1\r\nx-ms-date: " + date + "\r\nAuthorization: SharedKey " + kAccountName +
           ':' + signature + "\r\nContent-Length: 0\r\n\r\n");

  EXPECT_THAT(response.body, HasSubstr("HTTP/1.1 202 Accepted\r\n"));
  EXPECT_EQ(StatusOf("a"), 404);
}

TEST_F(BlobBatch, NeedsCredentialsItself) {
  const auto response = Send(Part(Delete("a")), '/' + std::string(kAccountName) + "?comp=batch");

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(StatusOf("a"), 200);
}

TEST_F(BlobBatch, SetsTiers) {
  const auto response =
      SendText(Method::kPost, AccountTarget(),
               "--limit\r\nContent-Type: application/http\r\n\r\nPUT " + Target("a") +
                   "&comp=tier HTTP/1.1\r\nx-ms-access-tier: Hot\r\n\r\n--limit--",
               {{"Content-Type", "multipart/mixed; boundary=\"limit\""}});

  EXPECT_THAT(response.body, HasSubstr("HTTP/1.1 200 OK\r\n"));
}

TEST_F(BlobBatch, ArchivesAndRehydrates) {
  const auto set = [&](const std::string& tier) {
    return SendText(Method::kPost, AccountTarget(),
                    "--limit\r\nContent-Type: application/http\r\n\r\nPUT " + Target("a") +
                        "&comp=tier HTTP/1.1\r\nx-ms-access-tier: " + tier + "\r\n\r\n--limit--",
                    {{"Content-Type", "multipart/mixed; boundary=\"limit\""}})
        .body;
  };

  EXPECT_THAT(set("Archive"), HasSubstr("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(set("Cool"), HasSubstr("HTTP/1.1 202 Accepted\r\n"));
  EXPECT_THAT(set("Hot"), HasSubstr("HTTP/1.1 409 "));
}

TEST_F(BlobBatch, IsAboutOneContainerIfThatIsNamed) {
  const std::string target = Container("&comp=batch");
  EXPECT_EQ(Send(Part(Delete("b")), target).status, 202);
  EXPECT_EQ(StatusOf("b"), 404);

  const std::string other = "DELETE /" + std::string(kAccountName) + "/other/a";
  const auto response = Send(Part(other) + Part(Delete("a")), target);
  EXPECT_EQ(response.status, 202);
  EXPECT_THAT(response.body, HasSubstr("x-ms-error-code: InvalidInput\r\n"));
  EXPECT_EQ(StatusOf("a"), 404);
}

TEST_F(BlobBatch, RejectsOtherOperations) {
  ExpectRejected(Send(Part("GET " + Target("a"))));
  ExpectRejected(Send(Part("PUT " + Target("a"))));
  ExpectRejected(Send(Part(Delete("a")) + Part("PUT " + Target("b") + "&comp=tier")));
}

TEST_F(BlobBatch, RejectsOtherAccounts) {
  ExpectRejected(Send(Part("DELETE /" + std::string(kOtherAccount) + "/container/blob")));
}

TEST_F(BlobBatch, TakesPathsWithoutTheAccount) {
  const std::string account = '/' + std::string(kAccountName);
  const std::string path = Path("a").substr(account.size());
  http::Request request{.method = Method::kDelete,
                        .target = path,
                        .headers = {{"x-ms-date", "Mon, 23 Mar 2015 19:35:07 GMT"}}};
  const auto signature = Sign(TestKey(), StringToSign(request, account + path));

  Send("--limit\r\nContent-Type: application/http\r\n\r\nDELETE " + path +
       " HTTP/1.1\r\nx-ms-date: Mon, 23 Mar 2015 19:35:07 GMT\r\nAuthorization: SharedKey " +
       kAccountName + ':' + signature + "\r\n\r\n");

  EXPECT_EQ(StatusOf("a"), 404);
}

TEST_F(BlobBatch, RejectsNoneOrTooManyRequests) {
  std::string parts;
  for (int i = 0; i < 257; ++i) parts += Part(Delete("a"));

  ExpectRejected(Send(""));
  ExpectRejected(Send(parts));
}

TEST_F(BlobBatch, RejectsMalformedBodies) {
  const std::string request = "DELETE " + Target("a") + " HTTP/1.1\r\n\r\n";
  for (const std::string& body : std::vector<std::string>{
           "", "text", "--limit\r\n" + request + "--limit--",
           "--limit\r\nContent-Type: text/plain\r\n\r\n" + request + "--limit--",
           "--limit\r\nContent-Type: application/http\r\n\r\n" + request,
           "--limit\r\nContent-Type: application/http\r\n\r\nDELETE\r\n\r\n--limit--",
           "--limit\r\nContent-Type: application/http\r\nno colon\r\n\r\n" + request + "--limit--",
           "--limit\r\nContent-Type: application/http\r\n\r\nDELETE " + Target("a") +
               " HTTP/1.1\r\nContent-Length: 1\r\n\r\nx--limit--"}) {
    ExpectRejected(SendText(Method::kPost, AccountTarget(), body,
                            {{"Content-Type", "multipart/mixed; boundary=limit"}}));
  }
}

TEST_F(BlobBatch, NeedsABoundary) {
  EXPECT_EQ(Code(SendText(Method::kPost, AccountTarget(), "x")), "MissingRequiredHeader");
  EXPECT_EQ(Code(SendText(Method::kPost, AccountTarget(), "x", {{"Content-Type", "text/plain"}})),
            "InvalidHeaderValue");
}

}  // namespace
}  // namespace msc::storage
