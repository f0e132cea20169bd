// The page for people beside the product's own routes.

#include <gmock/gmock.h>
#include <msc/emulator.h>

#include "tests/support/raw_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class DashboardTest : public ::testing::Test {
 protected:
  static std::string Ask(const Emulator& emulator, const std::string& line,
                         const std::string& host = "localhost") {
    RawClient client(emulator.Port());
    client.Send(line + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
    return client.ReadAnswer();
  }

  Emulator emulator_;
};

TEST_F(DashboardTest, ThePageIsServedAndNotInTheJournal) {
  EXPECT_THAT(Ask(emulator_, "GET /"), HasSubstr("<!DOCTYPE html>"));
  EXPECT_THAT(Ask(emulator_, "GET /__dashboard/icon.svg"), HasSubstr("<svg"));

  EXPECT_THAT(emulator_.Requests(), IsEmpty());
}

TEST_F(DashboardTest, FaultsDoNotMeetThePage) {
  const auto fault = emulator_.Inject({.action = AnswerStatus{.status = 503}});

  EXPECT_THAT(Ask(emulator_, "GET /"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(fault.Fired(), 0);
}

TEST_F(DashboardTest, ARequestWithAWrongBaseIsRejectedAndInTheJournal) {
  EXPECT_THAT(Ask(emulator_, "POST /"), StartsWith("HTTP/1.1 404"));

  EXPECT_THAT(emulator_.Requests(), SizeIs(1));
}

TEST_F(DashboardTest, AHostThatNamesAnAccountHasBlobsInsteadOfThePage) {
  EXPECT_THAT(Ask(emulator_, "GET /", "devstoreaccount1.blob.localhost"), HasSubstr("<Error>"));
}

TEST_F(DashboardTest, TheBlobPortHasNoPage) {
  const Emulator emulator({.blob_port = 0});
  RawClient client(std::stoi(emulator.BlobUrl().substr(emulator.BlobUrl().rfind(':') + 1)));

  client.Send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

  EXPECT_THAT(client.ReadAnswer(), HasSubstr("<Error>"));
}

}  // namespace
}  // namespace msc
