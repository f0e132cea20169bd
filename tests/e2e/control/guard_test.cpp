// Who may use the control API.
#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;

std::string Ask(int port, const std::string& line, const std::string& headers) {
  RawClient client(port);
  return client.Ask(line + " HTTP/1.1\r\n" + headers + "\r\n");
}

int Health(int port, const std::string& headers) {
  return StatusOf(Ask(port, "GET /__admin/health", headers));
}

class ControlGuard : public ControlTest {
 protected:
  // The answer to GET of a blob that is an HTML page.
  std::string OpenPage(const std::string& headers) const {
    const auto video = CreateVideo(port());
    Upload(port(), video, "<!DOCTYPE html><script></script>");
    return Call(port(), "GET", video.upload_target, "", headers);
  }
};

TEST_F(ControlGuard, AnswersUnderLocalNames) {
  for (const std::string host : {"localhost", "127.0.0.1", "[::1]", "app.localhost"}) {
    EXPECT_EQ(Health(port(), "Host: " + host + "\r\n"), 200) << host;
    EXPECT_EQ(Health(port(), "Host: " + host + ":10010\r\n"), 200) << host;
  }
}

TEST_F(ControlGuard, RefusesForeignNamesThatResolveToThisMachine) {
  for (const std::string host : {"evil.example", "localhost.evil.example", "127.0.0.1.nip.io",
                                 "evil-localhost", "10.0.0.1"}) {
    const auto answer = Ask(port(), "GET /__admin/health", "Host: " + host + "\r\n");
    EXPECT_EQ(StatusOf(answer), 403) << host;
    EXPECT_EQ(HeaderOf(answer, "Content-Type"), "application/problem+json");
    EXPECT_NE(BodyOf(answer).find(host), std::string::npos);
  }
}

TEST_F(ControlGuard, RefusesPagesOfOtherOrigins) {
  for (const std::string origin :
       {"http://evil.example", "null", "http://localhost:1", "https://localhost:10010",
        "http://localhost:10010.evil.example"}) {
    const auto headers = "Host: localhost:10010\r\nOrigin: " + origin + "\r\n";
    const auto answer = Ask(port(), "GET /__admin/requests", headers);
    EXPECT_EQ(StatusOf(answer), 403) << origin;
    EXPECT_EQ(HeaderOf(answer, "Access-Control-Allow-Origin"), std::nullopt);
    EXPECT_EQ(StatusOf(Ask(port(), "DELETE /__admin/requests", headers)), 403);
    EXPECT_EQ(StatusOf(Ask(port(), "OPTIONS /__admin/requests", headers)), 403);
  }
}

TEST_F(ControlGuard, RefusesWhatPagesOfOtherOriginsLoad) {
  for (const std::string site : {"cross-site", "same-site"}) {
    const auto headers = "Host: localhost:10010\r\nSec-Fetch-Site: " + site + "\r\n";
    for (const std::string kind : {"empty", "script", "image", "iframe"}) {
      EXPECT_EQ(Health(port(), headers + "Sec-Fetch-Dest: " + kind + "\r\n"), 403) << kind;
    }
    EXPECT_EQ(Health(port(), headers + "Sec-Fetch-Dest: document\r\n"), 200);
  }
}

// A page with an origin of its own cannot read the control API, and its writes have Origin: null.
TEST_F(ControlGuard, GivesBlobsThatABrowserOpensAnOriginOfTheirOwn) {
  for (const std::string headers : {"Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n",
                                    "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n",
                                    "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"}) {
    const auto policy = HeaderOf(OpenPage(headers), "Content-Security-Policy").value_or("");
    EXPECT_EQ(policy.substr(0, 8), "sandbox ") << headers;
    EXPECT_EQ(policy.find("allow-same-origin"), std::string::npos);
  }
}

TEST_F(ControlGuard, ChangesNothingForClientsOfBlobs) {
  for (const std::string headers : {"", "Accept: application/xml\r\n", "Accept: */*\r\n",
                                    "Sec-Fetch-Mode: cors\r\nAccept: text/html\r\n"}) {
    EXPECT_EQ(HeaderOf(OpenPage(headers), "Content-Security-Policy"), std::nullopt) << headers;
  }
  EXPECT_EQ(HeaderOf(OpenPage(""), "Vary"), std::nullopt);
}

TEST_F(ControlGuard, KeepsBrowsersFromOpeningWhatTheyLoadedOtherwise) {
  EXPECT_EQ(HeaderOf(OpenPage("Sec-Fetch-Mode: no-cors\r\n"), "Vary"), "Sec-Fetch-Mode");
}

TEST(BlobPort, NeedsNoSandboxForBlobs) {
  const Emulator emulator({.blob_port = 0});
  const auto blob_url = emulator.BlobUrl();
  const auto colon = blob_url.rfind(':');
  const int port = std::stoi(blob_url.substr(colon + 1));

  const auto answer = Call(port, "GET", "/devstoreaccount1/none/page.html", "",
                           "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n");

  EXPECT_EQ(HeaderOf(answer, "Content-Security-Policy"), std::nullopt);
}

TEST_F(ControlGuard, LetsItsOwnPagesIn) {
  EXPECT_EQ(Health(port(), "Host: localhost:10010\r\nOrigin: http://localhost:10010\r\n"), 200);
}

TEST_F(ControlGuard, WritesNeedATypeThatNoPageCanSendWithoutAPreflight) {
  for (const std::string method : {"POST", "PUT"}) {
    const auto path = method == "POST" ? "/__admin/reset" : "/__admin/clock";
    for (const std::string type :
         {"", "Content-Type: text/plain\r\n", "Content-Type: application/x-www-form-urlencoded\r\n",
          "Content-Type: text/plain; a=application/json\r\n",
          "Content-Type: application/jsonp\r\n"}) {
      const auto answer = Call(port(), method, path, "{}", type);
      EXPECT_EQ(StatusOf(answer), 415) << method << ' ' << type;
      EXPECT_EQ(HeaderOf(answer, "Content-Type"), "application/problem+json");
    }
  }
}

TEST_F(ControlGuard, TheTypeHasAnyCaseAndParameters) {
  EXPECT_EQ(StatusOf(Call(port(), "POST", "/__admin/reset", "",
                          "Content-Type: Application/JSON; charset=utf-8\r\n")),
            200);
}

TEST_F(ControlGuard, ADeleteNeedsNoType) {
  EXPECT_EQ(StatusOf(Call(port(), "DELETE", "/__admin/requests")), 200);
}

TEST_F(ControlGuard, AWriteThatIsRefusedChangesNothing) {
  CreateVideo(port());

  Call(port(), "POST", "/__admin/reset", "{}", "Content-Type: text/plain\r\n");
  Ask(port(), "DELETE /__admin/requests", "Host: localhost\r\nOrigin: http://evil.example\r\n");

  EXPECT_EQ(emulator_.Videos().size(), 1u);
  EXPECT_EQ(emulator_.Requests().size(), 1u);
}

TEST_F(ControlGuard, GuardsRoutesThatAreNotThereToo) {
  EXPECT_EQ(StatusOf(Ask(port(), "GET /__admin/none", "Host: evil.example\r\n")), 403);
  EXPECT_EQ(StatusOf(Ask(port(), "GET /__admin/none", "Host: localhost\r\n")), 404);
  EXPECT_EQ(StatusOf(Ask(port(), "GET /__admin", "Host: evil.example\r\n")), 403);
}

TEST(AdminHosts, AreLetInBesidesLocalOnes) {
  const Emulator emulator({.admin_hosts = {"media.example"}});

  EXPECT_EQ(Health(emulator.Port(), "Host: media.example\r\n"), 200);
  EXPECT_EQ(Health(emulator.Port(), "Host: MEDIA.example:8080\r\n"), 200);
  EXPECT_EQ(Health(emulator.Port(), "Host: localhost\r\n"), 200);
  EXPECT_EQ(Health(emulator.Port(), "Host: other.example\r\n"), 403);
}

TEST(AdminToken, IsDemandedFromEveryone) {
  const Emulator emulator({.admin_token = "secret"});
  const auto with = [&](const std::string& header) {
    return Health(emulator.Port(), "Host: localhost\r\n" + header);
  };

  EXPECT_EQ(with("Authorization: Bearer secret\r\n"), 200);
  EXPECT_EQ(with(""), 401);
  EXPECT_EQ(with("Authorization: Bearer secre\r\n"), 401);
  EXPECT_EQ(with("Authorization: Bearer secrets\r\n"), 401);
  EXPECT_EQ(with("Authorization: Basic secret\r\n"), 401);
}

TEST(AdminToken, IsNotShownByTheConfiguration) {
  const Emulator emulator({.admin_token = "secret"});

  const auto answer =
      Admin(emulator.Port(), "GET", "config", "", "Authorization: Bearer secret\r\n");

  EXPECT_EQ(answer.json.at("requiresAdminToken"), true);
  EXPECT_EQ(answer.raw.find("\"secret\""), std::string::npos);
}

TEST(AdminToken, IsNothingToClientsOfTheService) {
  const Emulator emulator({.admin_token = "secret"});

  EXPECT_EQ(StatusOf(Call(emulator.Port(), "GET", "/api/Formats")), 200);
}

}  // namespace
}  // namespace msc
