// Requests that do not say how long their body is.
#include <gmock/gmock.h>
#include <msc/emulator.h>
#include <msc/storage_stub.h>

#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// As `curl -X POST` sends it, without -d.
std::string AskWithoutLength(int port, const std::string& line, const std::string& headers = "") {
  RawClient client(port);
  return client.Ask(line + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
}

std::string UploadInChunks(int port, const CreatedVideo& video) {
  RawClient client(port);
  return client.Ask("PUT " + video.upload_target +
                    " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                    "x-ms-blob-type: BlockBlob\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
}

class LengthTest : public ::testing::Test {
 protected:
  explicit LengthTest(bool loose = false)
      : emulator_({.frozen_at = "2015-03-23T19:35:07Z", .loose = loose}) {}

  int port() const { return emulator_.Port(); }

  std::vector<std::string> Codes() const {
    std::vector<std::string> codes;
    for (const auto& found : emulator_.Diagnostics()) codes.emplace_back(Name(found.code));
    return codes;
  }

  Emulator emulator_;
};

TEST_F(LengthTest, TheWebServerRefusesARequestWithoutOne) {
  EXPECT_EQ(AskWithoutLength(port(), "POST /api/Videos/x/MarkComplete"),
            "HTTP/1.1 411 Length Required\r\n"
            "Content-Type: text/html; charset=us-ascii\r\n"
            "Server: Microsoft-HTTPAPI/2.0\r\n"
            "Date: Mon, 23 Mar 2015 19:35:07 GMT\r\n"
            "Connection: close\r\n"
            "Content-Length: 344\r\n\r\n"
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"\"http://www.w3.org/TR/html4/"
            "strict.dtd\">\r\n"
            "<HTML><HEAD><TITLE>Length Required</TITLE>\r\n"
            "<META HTTP-EQUIV=\"Content-Type\" Content=\"text/html; charset=us-ascii\"></HEAD>\r\n"
            "<BODY><h2>Length Required</h2>\r\n"
            "<hr><p>HTTP Error 411. The request must be chunked or have a content length.</p>\r\n"
            "</BODY></HTML>\r\n");
}

TEST_F(LengthTest, IsNeededByEverySubject) {
  const auto video = CreateVideo(port());

  EXPECT_EQ(StatusOf(AskWithoutLength(port(), "PUT " + video.upload_target)), 411);
  EXPECT_EQ(StatusOf(AskWithoutLength(port(), "POST /keydelivery?kid=" + video.id)), 411);
  EXPECT_EQ(StatusOf(AskWithoutLength(port(), "POST /nowhere")), 411);
}

TEST_F(LengthTest, IsNotNeededByTheControlApiAndByRequestsWithoutABody) {
  EXPECT_EQ(StatusOf(AskWithoutLength(port(), "POST /__admin/reset",
                                      "Content-Type: application/json\r\n")),
            200);
  EXPECT_EQ(StatusOf(AskWithoutLength(port(), "DELETE /api/Videos/x")), 404);
  EXPECT_EQ(StatusOf(AskWithoutLength(port(), "POST /api/Videos/x/MarkComplete",
                                      "Content-Length: 0\r\n")),
            404);
}

TEST_F(LengthTest, EndsTheConnection) {
  RawClient client(port());
  client.Ask("POST /api/Videos HTTP/1.1\r\nHost: localhost\r\n\r\n");

  EXPECT_TRUE(client.IsClosed());
}

TEST_F(LengthTest, IsInTheJournalUnderTheOperationsName) {
  AskWithoutLength(port(), "POST /api/Videos");

  const auto requests = emulator_.Requests(Operation::kCreateVideo);
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_EQ(requests[0].status, 411);
  EXPECT_THAT(emulator_.Explain(requests[0].id).value(), HasSubstr("curl: -d ''"));
}

TEST_F(LengthTest, IsNeededByAChunkedUpload) {
  const auto video = CreateVideo(port());

  const auto answer = UploadInChunks(port(), video);

  EXPECT_EQ(StatusLine(answer), "HTTP/1.1 411 Content-Length HTTP header is missing.");
  EXPECT_THAT(answer, HasSubstr("<Code>MissingContentLengthHeader</Code>"));
  EXPECT_THAT(answer, HasSubstr("<HeaderName>Content-Length</HeaderName>"));
}

TEST_F(LengthTest, IsNotNeededByAChunkedCallOfTheApi) {
  RawClient client(port());

  EXPECT_EQ(StatusOf(client.Ask("POST /api/Videos HTTP/1.1\r\nHost: localhost\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n"
                                "1c\r\n{\"OriginalFileName\":\"a.mp4\"}\r\n0\r\n\r\n")),
            200);
}

class LooseLengthTest : public LengthTest {
 protected:
  LooseLengthTest() : LengthTest(/*loose=*/true) {}
};

TEST_F(LooseLengthTest, AnEmptyBodyMayHaveNone) {
  const auto video = CreateVideo(port());
  ASSERT_EQ(Upload(port(), video, "abc"), 201);
  EXPECT_THAT(Codes(), IsEmpty());

  EXPECT_EQ(StatusOf(AskWithoutLength(port(), "POST /api/Videos/" + video.id + "/MarkComplete")),
            200);
  EXPECT_THAT(Codes(), ElementsAre("LengthMissing"));
}

TEST_F(LooseLengthTest, AnUploadMayBeEmptyWithoutOne) {
  const auto video = CreateVideo(port());

  EXPECT_EQ(StatusOf(AskWithoutLength(port(), "PUT " + video.upload_target,
                                      "x-ms-blob-type: BlockBlob\r\n")),
            201);
}

TEST_F(LooseLengthTest, AnUploadMayComeInChunks) {
  const auto video = CreateVideo(port());

  EXPECT_EQ(StatusOf(UploadInChunks(port(), video)), 201);
  EXPECT_THAT(Codes(), ElementsAre("ChunkedUpload"));
}

TEST(StorageStubLength, IsNeededToo) {
  const StorageStub stub;
  const std::string url = stub.Url();
  const int port = std::stoi(url.substr(url.rfind(':') + 1));

  EXPECT_THAT(AskWithoutLength(port, "PUT /devstoreaccount1/c?restype=container"),
              HasSubstr("Microsoft-HTTPAPI/2.0"));
}

}  // namespace
}  // namespace msc
