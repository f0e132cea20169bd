// The log of requests, in the process.
#include <mutex>

#include "emulator/base/time_format.h"
#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class RequestLogTest : public ::testing::Test {
 protected:
  // Starts an emulator with that level.
  void Start(const std::string& level) {
    emulator_ = std::make_unique<Emulator>(
        EmulatorOptions{.frozen_at = kNoon,
                        .log_level = level,
                        .log = [this](std::string_view at, std::string_view line) {
                          const std::lock_guard lock(mutex_);
                          lines_.push_back(std::string(at) + ' ' + std::string(line));
                        }});
  }

  int port() const { return emulator_->Port(); }

  std::vector<std::string> Lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

  void AskForFormatsAndATypo() const {
    Call(port(), "GET", "/api/Formats");
    Call(port(), "GET", "/api/typo");
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;

 protected:
  std::unique_ptr<Emulator> emulator_;
};

TEST_F(RequestLogTest, TellsOnlyRejectionsByDefault) {
  Start(EmulatorOptions().log_level);

  AskForFormatsAndATypo();

  EXPECT_THAT(Lines(), ElementsAre(AllOf(
                           StartsWith("warning GET /api/typo 404, 0 B, "),
                           HasSubstr(": no route matches GET /api/typo; "),
                           HasSubstr("; see " + emulator_->AdminUrl() + "/requests/2/explain"))));
}

TEST_F(RequestLogTest, TellsEveryRequestAtInfo) {
  Start("info");
  const auto video = CreateVideo(port());

  Upload(port(), video, "bytes");

  ASSERT_EQ(Lines().size(), 2u);
  EXPECT_THAT(Lines()[1],
              AllOf(StartsWith("info PutBlob 201, 5 B, "), HasSubstr(" ms, video " + video.id)));
}

TEST_F(RequestLogTest, TellsNothingOfRequestsAtErrorOrOff) {
  for (const char* level : {"error", "off"}) {
    Start(level);
    AskForFormatsAndATypo();
    EXPECT_THAT(Lines(), IsEmpty()) << level;
  }
}

TEST_F(RequestLogTest, TellsRouteAndStringToSignAndSqlTimeAtDebug) {
  Start("debug");
  const auto video = CreateVideo(port());

  Upload(port(), video, "bytes");

  EXPECT_THAT(Lines().back(),
              AllOf(HasSubstr("route /{account}/{container}/{blob*}"), HasSubstr(", SQL "),
                    HasSubstr("string to sign \"\\n2"), HasSubstr("/devstoreaccount1/asset-")));
}

TEST_F(RequestLogTest, TellsWhichFaultFired) {
  Start("info");
  const auto fault = emulator_->Inject({.action = AnswerStatus{.status = 503}});

  Call(port(), "GET", "/api/Formats");

  EXPECT_THAT(Lines(),
              ElementsAre(AllOf(StartsWith("info GetFormats 503"), HasSubstr("fault 1 fired"))));
}

TEST_F(RequestLogTest, TellsWhatTheControlApiRejects) {
  Start("warning");

  RawClient(port()).Ask("GET /__admin/health HTTP/1.1\r\nHost: emulator:10010\r\n\r\n");
  Admin(port(), "GET", "health");

  EXPECT_THAT(Lines(), ElementsAre(AllOf(StartsWith("warning GET /__admin/health 403"),
                                         HasSubstr("does not answer under the host name emulator"),
                                         HasSubstr("--admin-hosts NAME"))));
}

TEST(RequestLog, GivesValuesInsteadOfLinesIfTheyAreWanted) {
  std::mutex mutex;
  std::vector<std::string> seen;
  Emulator emulator({.frozen_at = kNoon,
                     .log_level = "info",
                     .log = [](std::string_view, std::string_view) { ADD_FAILURE(); },
                     .log_request =
                         [&](const LoggedRequest& request) {
                           const std::lock_guard lock(mutex);
                           EXPECT_EQ(FormatMillis(request.at), "2024-06-30T12:00:00.000Z");
                           seen.push_back(std::string(request.method) + ' ' +
                                          std::string(request.target));
                         }});

  Call(emulator.Port(), "GET", "/api/Formats");

  EXPECT_THAT(seen, ElementsAre("GET /api/Formats"));
}

TEST(RequestLog, HasNoOtherLevels) { EXPECT_THROW(Emulator({.log_level = "loud"}), StartError); }

}  // namespace
}  // namespace msc
