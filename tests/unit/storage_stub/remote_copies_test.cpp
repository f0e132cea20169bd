#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "emulator/base/thread.h"
#include "storage_stub/model/copy_sources.h"
#include "tests/unit/storage_stub/support.h"

namespace msc::storage {
namespace {

using http::Method;
using ::testing::HasSubstr;

TEST(CopySourcesTest, AreHostsWithOrWithoutAPort) {
  const CopySources sources("blobs.example, 127.0.0.1:9000");

  EXPECT_TRUE(sources.Allows("http://blobs.example/a/b"));
  EXPECT_TRUE(sources.Allows("https://BLOBS.example:8443/a/b?sig=x"));
  EXPECT_TRUE(sources.Allows("http://127.0.0.1:9000/a"));
  EXPECT_FALSE(sources.Allows("http://127.0.0.1:9001/a"));
  EXPECT_FALSE(sources.Allows("http://blobs.example.evil/a"));
  EXPECT_FALSE(sources.Allows("http://evil@blobs.example/a"));
  EXPECT_FALSE(sources.Allows("ftp://blobs.example/a"));
}

TEST(CopySourcesTest, AreBeginningsOfUrls) {
  const CopySources sources("https://blobs.example/public");

  EXPECT_TRUE(sources.Allows("https://blobs.example/public/a"));
  EXPECT_TRUE(sources.Allows("https://blobs.example/public?x"));
  EXPECT_FALSE(sources.Allows("https://blobs.example/publicity"));
  EXPECT_FALSE(sources.Allows("http://blobs.example/public/a"));
  EXPECT_FALSE(sources.Allows("https://blobs.example:444/public/a"));
}

TEST(CopySourcesTest, AreNoneIfTheListIsEmpty) {
  EXPECT_FALSE(CopySources().Allows("http://127.0.0.1/a"));
  EXPECT_TRUE(CopySources::IsList(""));
  EXPECT_FALSE(CopySources::IsList("a b"));
  EXPECT_FALSE(CopySources::IsList("blobs.example/path"));
}

TEST(CopySourcesTest, NameAddressesByThemselves) {
  const CopySources sources("169.254.169.254,blobs.example");

  EXPECT_TRUE(sources.AllowsAddress("http://169.254.169.254/a"));
  EXPECT_FALSE(sources.AllowsAddress("http://blobs.example/a"));
}

// A server for one request, at a port of its own.
class CannedServer {
 public:
  explicit CannedServer(std::string response) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/source?secret=1";
    thread_ = StartThread([this, text = std::move(response)] { Serve(text); });
  }
  ~CannedServer() {
    Join();
    ::close(socket_);
  }
  CannedServer(const CannedServer&) = delete;
  CannedServer& operator=(const CannedServer&) = delete;

  const std::string& url() const { return url_; }

  // What was sent to it.
  const std::string& request() {
    Join();
    return request_;
  }

 private:
  void Join() {
    if (!thread_.joinable()) return;
    ::shutdown(socket_, SHUT_RDWR);  // If nobody came.
    thread_.join();
  }

  void Serve(const std::string& response) {
    const int connection = ::accept(socket_, nullptr, nullptr);
    if (connection < 0) return;
    std::array<char, 4096> buffer{};
    while (request_.find("\r\n\r\n") == std::string::npos) {
      const auto count = ::read(connection, buffer.data(), buffer.size());
      if (count <= 0) break;
      request_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    (void)::send(connection, response.data(), response.size(), MSG_NOSIGNAL);
    ::close(connection);
  }

  const int socket_;
  std::string url_;
  std::string request_;
  std::thread thread_;
};

class RemoteCopies : public ServiceTest {
 protected:
  RemoteCopies() { Allow("127.0.0.1"); }

  void Allow(const std::string& copy_sources) {
    Stop();
    database_ = std::make_unique<sqlite::Database>("");
    service_ = std::make_unique<BlobService>(
        BlobServiceOptions{.accounts = {{kAccountName, {TestKey()}}}, .copy_sources = copy_sources},
        *database_, clock_, random_, [this](LogLevel, std::string_view line) { log_ += line; });
    EXPECT_TRUE(service_->CreateContainer(kContainerName));
    EXPECT_TRUE(service_->SetPolicy(kContainerName, {.id = kPolicyId, .permissions = "rwd"}));
  }

  http::Response Copy(const std::string& url, http::Headers headers = {},
                      const std::string& parameters = "") {
    headers.push_back({"x-ms-copy-source", url});
    return SendText(Method::kPut, Target() + parameters, "", std::move(headers));
  }

  static std::string Ok(const std::string& body, const std::string& headers = "") {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
           "\r\n" + body;
  }
};

TEST_F(RemoteCopies, HaveTheBytesAndPropertiesOfTheSource) {
  CannedServer server(Ok("hello", "Content-Type: text/plain\r\nx-ms-meta-a: 1\r\n"));

  const auto response = Copy(server.url());

  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(Value(response, "x-ms-copy-status"), "success");
  const auto copy = Send(Method::kGet, Target());
  EXPECT_EQ(Content(copy), "hello");
  EXPECT_EQ(Value(copy, "Content-Type"), "text/plain");
  EXPECT_EQ(Value(copy, "x-ms-meta-a"), "1");
  EXPECT_EQ(Value(copy, "x-ms-copy-source"), server.url().substr(0, server.url().find('?')));
  EXPECT_THAT(server.request(), HasSubstr("GET /source?secret=1 HTTP/1.1\r\n"));
}

TEST_F(RemoteCopies, AreMadeByPutBlobFromUrl) {
  CannedServer server(Ok("hello"));

  EXPECT_EQ(Copy(server.url(), {{"x-ms-blob-type", "BlockBlob"}}).status, 201);

  EXPECT_EQ(Content(Send(Method::kGet, Target())), "hello");
}

TEST_F(RemoteCopies, AreMadeByPutBlockFromUrl) {
  CannedServer server(
      "HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\nContent-Range: bytes 1-2/5\r\n\r\nel");

  EXPECT_EQ(
      Copy(server.url(), {{"x-ms-source-range", "bytes=1-2"}}, "&comp=block&blockid=AAAA").status,
      201);

  EXPECT_THAT(server.request(), HasSubstr("Range: bytes=1-2\r\n"));
  EXPECT_EQ(service_->UncommittedBlocks(kContainerName), 1u);
}

TEST_F(RemoteCopies, TellWhatTheSourceAnswers) {
  const auto code = [&](const std::string& status) {
    CannedServer server("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
    const auto response = Copy(server.url());
    return std::to_string(response.status) + ' ' + Code(response);
  };

  EXPECT_EQ(code("404 Not Found"), "404 CannotVerifyCopySource");
  EXPECT_EQ(code("403 Forbidden"), "403 CannotVerifyCopySource");
  EXPECT_EQ(code("401 Unauthorized"), "401 CannotVerifyCopySource");
  EXPECT_EQ(code("412 Precondition Failed"), "412 SourceConditionNotMet");
  EXPECT_EQ(code("302 Found"), "404 CannotVerifyCopySource");  // Is not followed.
}

TEST_F(RemoteCopies, AreNotMadeOfAResponseThatBreaksOff) {
  CannedServer server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");

  EXPECT_EQ(Code(Copy(server.url())), "CannotVerifyCopySource");
  EXPECT_EQ(Code(Send(Method::kGet, Target())), "BlobNotFound");
}

TEST_F(RemoteCopies, AreCheckedAgainstTheirMd5) {
  CannedServer server(Ok("hello"));

  EXPECT_EQ(Code(Copy(server.url(), {{"x-ms-blob-type", "BlockBlob"},
                                     {"x-ms-source-content-md5", Base64Encode(Md5Of("other"))}})),
            "Md5Mismatch");
}

TEST_F(RemoteCopies, AreMadeOfListedServersOnly) {
  Allow("127.0.0.1:1");
  CannedServer server(Ok("hello"));

  EXPECT_EQ(Code(Copy(server.url())), "CannotVerifyCopySource");
  EXPECT_EQ(server.request(), "");
}

}  // namespace
}  // namespace msc::storage
