// Raw bytes over a socket against the answers in fixtures/wire.

#include <gtest/gtest.h>
#include <msc/emulator.h>

#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"
#include "tests/support/wire_sample.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

constexpr std::string_view kFront = "testazuremediaservicesconnector.azurewebsites.net";
constexpr std::string_view kBackend =
    "azuremediaservicesconnectorc0691ddba6f2424ea4aa3e4644091464.azurewebsites.net";

// An emulator under the name of the samples' front end, at the time of the first sample.
class WireTest : public ::testing::Test {
 protected:
  std::string Ask(const std::string& method, const std::string& target,
                  const std::string& body = "") {
    RawClient client(emulator_.Port());
    client.Send(method + ' ' + target + " HTTP/1.1\r\nHost: " + std::string(kFront) +
                "\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.ReadAnswer();
  }

  std::string CreateId(const std::string& body = R"({"OriginalFileName":"a.mp4"})") {
    return StringMember(BodyOf(Ask("POST", "/api/Videos/", body)), "Id").value();
  }

  // The sample with one service name in place of the two, at our time of the day.
  static std::string Sample(std::string_view name, std::string_view its_time,
                            std::string_view our_time = "19:35:07") {
    auto sample = ReplaceAll(ReadWireSample(name), kBackend, kFront);
    return Canonical(ReplaceAll(sample, its_time, our_time));
  }

  Emulator emulator_{{.external_url = "https://" + std::string(kFront),
                      .blob_external_url = "https://cvprbl203m01r12.blob.core.windows.net:443",
                      .frozen_at = "2015-03-23T19:35:07Z"}};
};

TEST_F(WireTest, Create) {
  EXPECT_EQ(Canonical(Ask("POST", "/api/Videos/", R"({"OriginalFileName":"yourfilename.mp4"})")),
            Sample("create.http", "19:35:07"));
}

TEST_F(WireTest, CreateWithoutAName) {
  const auto answer = ReplaceAll(Ask("POST", "/api/Videos/", "{}"), "Content-Length: 450",
                                 "Content-Length: 478");  // Of the shorter host name.

  EXPECT_EQ(Canonical(answer), Sample("create_unreadable.http", "19:40:05"));
}

TEST_F(WireTest, CreateWithAWrongMode) {
  const auto answer = ReplaceAll(
      Ask("POST", "/api/Videos/", R"({"OriginalFileName":"a.mp4","ContentProtectionMode":"AES"})"),
      "Content-Length: 145", "Content-Length: 173");

  EXPECT_EQ(Canonical(answer), Sample("create_mode_not_supported.http", "19:42:14"));
}

TEST_F(WireTest, Delete) {
  EXPECT_EQ(Canonical(Ask("DELETE", "/api/Videos/" + CreateId())),
            Sample("delete.http", "19:44:22"));
}

TEST_F(WireTest, DeleteOfAWrongId) {
  EXPECT_EQ(Canonical(Ask("DELETE", "/api/Videos/ee0dfd10-4a38-469f-asddsa98dc-2c8e34de0be8")),
            Sample("delete_not_found.http", "19:45:37"));
}

TEST_F(WireTest, StatusWhileProcessingAndAfter) {
  const auto id = CreateId();
  Ask("POST", "/api/Videos/" + id + "/MarkComplete");

  EXPECT_EQ(Canonical(Ask("GET", "/api/Videos/" + id + "/Status")),
            Sample("status_processing.http", "21:13:23"));
  emulator_.AdvanceClock(10s);
  EXPECT_EQ(Canonical(Ask("GET", "/api/Videos/" + id + "/Status")),
            Sample("status_completed.http", "21:17:30", "19:35:17"));
}

}  // namespace
}  // namespace msc
