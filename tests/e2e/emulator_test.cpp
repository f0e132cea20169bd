#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <msc/emulator.h>

#include <memory>
#include <thread>

#include "tests/e2e/control/tls_client.h"
#include "tests/support/child_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"
#include "tests/unit/base/temporary_folder.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Property;
using ::testing::StartsWith;
using ::testing::Throws;

constexpr const char* kNoon = "2024-06-30T12:00:00Z";

TEST(Emulator, ServesWhenItIsConstructed) {
  const Emulator emulator;

  EXPECT_EQ(StatusOf(Call(emulator.Port(), "GET", "/__admin/ready")), 200);
  EXPECT_EQ(emulator.Url(), "http://127.0.0.1:" + std::to_string(emulator.Port()));
  EXPECT_EQ(emulator.BlobUrl(), emulator.Url() + "/devstoreaccount1");
  EXPECT_EQ(emulator.AdminUrl(), emulator.Url() + "/__admin");
}

TEST(Emulator, ServesAVideoFromItsCreationToItsDeletion) {
  Emulator emulator({.processing_time = 10s, .frozen_at = kNoon});
  const int port = emulator.Port();
  const auto video = CreateVideo(port, ",\"ContentProtectionMode\":\"AES128\"");

  EXPECT_EQ(VideoStatus(port, video), "Pending");
  EXPECT_EQ(Upload(port, video, "the bytes"), 201);
  EXPECT_EQ(BodyOf(Call(port, "GET", video.upload_target)), "the bytes");
  EXPECT_EQ(MarkComplete(port, video), 200);
  EXPECT_EQ(VideoStatus(port, video), "Processing");
  EXPECT_EQ(Upload(port, video, "too late"), 403);
  emulator.AdvanceClock(10s);
  EXPECT_EQ(VideoStatus(port, video), "Completed");

  const auto token = StringMember(
      BodyOf(Call(port, "GET",
                  "/api/Videos/" + video.id + "/AuthorizationToken?KeyId=" + video.key_id)),
      "value");
  ASSERT_TRUE(token);
  const std::string key_target = "/keydelivery?kid=" + video.key_id;
  EXPECT_EQ(StatusOf(Call(port, "GET", key_target)), 401);
  const auto key = Call(port, "GET", key_target, "", "Authorization: " + *token + "\r\n");
  EXPECT_EQ(BodyOf(key).size(), 16u);
  EXPECT_EQ(StatusOf(Call(port, "DELETE", "/api/Videos/" + video.id)), 204);
  EXPECT_EQ(StatusOf(Call(port, "GET", "/api/Videos/" + video.id)), 404);
}

TEST(Emulator, CommitsNoUploadThatMarkCompleteOvertook) {
  const Emulator emulator;
  const auto video = CreateVideo(emulator.Port());
  ASSERT_EQ(Upload(emulator.Port(), video, "before"), 201);
  RawClient slow(emulator.Port());
  slow.Send("PUT " + video.upload_target +
            " HTTP/1.1\r\nHost: a\r\nx-ms-blob-type: BlockBlob\r\nExpect: 100-continue\r\n"
            "Content-Length: 10\r\n\r\n");
  ASSERT_EQ(StatusOf(slow.ReadAnswer()), 100);

  ASSERT_EQ(MarkComplete(emulator.Port(), video), 200);

  EXPECT_EQ(StatusOf(slow.Ask("after-----")), 403);
}

TEST(Emulator, TellsWhatAnAdvanceOfTheClockDid) {
  Emulator emulator({.processing_time = 10s, .frozen_at = kNoon});
  const auto video = CreateVideo(emulator.Port());
  MarkComplete(emulator.Port(), video);

  EXPECT_TRUE(emulator.AdvanceClock(9999ms).empty());
  const auto fired = emulator.AdvanceClock(1ms);

  ASSERT_EQ(fired.size(), 1u);
  EXPECT_EQ(fired[0].video_id, video.id);
  EXPECT_EQ(fired[0].from, VideoState::kProcessing);
  EXPECT_EQ(fired[0].to, VideoState::kCompleted);
  EXPECT_TRUE(emulator.AdvanceClock(1h).empty());
}

TEST(Emulator, CannotGoBackInTime) {
  Emulator emulator;

  EXPECT_THROW(emulator.AdvanceClock(-1ms), std::invalid_argument);
}

TEST(Emulator, LivesTwentyTimesInOneProcess) {
  std::vector<std::unique_ptr<Emulator>> emulators;
  std::vector<CreatedVideo> videos;
  for (int i = 0; i < 20; ++i) {
    emulators.push_back(std::make_unique<Emulator>(EmulatorOptions{.random_seed = 1}));
    videos.push_back(CreateVideo(emulators.back()->Port()));
  }

  EXPECT_EQ(videos.front().id, videos.back().id);
  EXPECT_EQ(MarkComplete(emulators.front()->Port(), videos.front()), 200);
  EXPECT_EQ(VideoStatus(emulators.back()->Port(), videos.back()), "Pending");
}

// What a client sees of a whole job, byte for byte. The host is a fixed one, as ports differ.
std::string Transcript() {
  Emulator emulator({.frozen_at = kNoon, .random_seed = 7});
  const auto ask = [&](const std::string& head, const std::string& body) {
    RawClient client(emulator.Port());
    return client.Ask(head + " HTTP/1.1\r\nHost: media.example\r\nContent-Length: " +
                      std::to_string(body.size()) + "\r\n\r\n" + body);
  };
  std::string all = ask(
      "POST /api/Videos",
      R"({"OriginalFileName":"a.mp4","ContentProtectionMode":"AES128","InputStorageEncryptionMode":"AES256"})");
  const auto id = StringMember(all, "Id").value();
  const auto key = StringMember(all, "ContentProtectionKeyId").value();
  all += ask("GET /api/Videos/" + id + "/AuthorizationToken?KeyId=" + key, "");
  all += ask("DELETE /api/Videos/" + id, "");
  return all;
}

TEST(Emulator, RepeatsItselfByteForByteFromASeed) { EXPECT_EQ(Transcript(), Transcript()); }

TEST(Emulator, FinishesWhatARestartInterrupted) {
  const ScratchFolder folder;
  CreatedVideo video;
  {
    Emulator first({.data_directory = folder.path(), .processing_time = 1h, .frozen_at = kNoon});
    video = CreateVideo(first.Port());
    Upload(first.Port(), video, "kept");
    MarkComplete(first.Port(), video);
    EXPECT_EQ(VideoStatus(first.Port(), video), "Processing");
  }

  Emulator second({.data_directory = folder.path(), .frozen_at = "2024-06-30T13:00:00Z"});

  EXPECT_EQ(VideoStatus(second.Port(), video), "Completed");
}

TEST(Emulator, KeepsAnUploadAcrossARestart) {
  const ScratchFolder folder;
  CreatedVideo video;
  {
    Emulator first({.data_directory = folder.path()});
    video = CreateVideo(first.Port());
    ASSERT_EQ(Upload(first.Port(), video, "kept"), 201);
  }

  Emulator second({.data_directory = folder.path()});

  EXPECT_EQ(BodyOf(Call(second.Port(), "GET", video.upload_target)), "kept");
}

TEST(Emulator, MakesNewIdsAfterARestartWithTheSameSeed) {
  const ScratchFolder folder;
  const EmulatorOptions options{.data_directory = folder.path(), .random_seed = 3};
  const auto first = CreateVideo(std::make_unique<Emulator>(options)->Port());

  Emulator again(options);

  EXPECT_NE(CreateVideo(again.Port()).id, first.id);
}

StartError::Reason ReasonOf(const EmulatorOptions& options, std::string* text = nullptr) {
  try {
    const Emulator emulator(options);
  } catch (const StartError& error) {
    if (text != nullptr) *text = error.what();
    return error.reason();
  }
  throw std::logic_error("it started");
}

TEST(Emulator, DoesNotStartInAFolderThatIsTaken) {
  const ScratchFolder folder;
  const Emulator owner({.data_directory = folder.path()});
  std::string text;

  EXPECT_EQ(ReasonOf({.data_directory = folder.path()}, &text), StartError::Reason::kResource);
  EXPECT_THAT(text, HasSubstr(folder.path()));
  EXPECT_THAT(text, HasSubstr("another emulator"));
}

TEST(Emulator, DoesNotStartOnAPortThatIsTaken) {
  const Emulator owner;

  EXPECT_EQ(ReasonOf({.port = owner.Port()}), StartError::Reason::kPortTaken);
}

TEST(Emulator, SaysWhichOptionIsWrong) {
  const std::vector<std::pair<std::string, EmulatorOptions>> wrong = {
      {"port", {.port = 65536}},
      {"port", {.port = -1}},
      {"blob_port", {.blob_port = 70000}},
      {"host", {.host = "not a host"}},
      {"account", {.account = "UPPER"}},
      {"account", {.account = "api"}},
      {"account_key", {.account_key = "not base64!"}},
      {"accounts", {.accounts = {{.name = "second", .keys = {"not base64!"}}}}},
      {"external_url", {.external_url = "ftp://x"}},
      {"external_url", {.external_url = "http://x/?q"}},
      {"blob_external_url", {.blob_external_url = "x"}},
      {"upload_permissions", {.upload_permissions = "wr"}},
      {"upload_permissions", {.upload_permissions = ""}},
      {"cors_origins", {.cors_origins = "localhost"}},
      {"copy_sources", {.copy_sources = "a b"}},
      {"soft_delete_days", {.soft_delete_days = -1}},
      {"soft_delete_days", {.soft_delete_days = 366}},
      {"copy_sources", {.copy_sources = "ftp://blobs.example"}},
      {"frozen_at", {.frozen_at = "yesterday"}},
      {"processing_time", {.processing_time = -1ms}},
      {"loose", {.strict = true, .loose = true}},
      {"tls_key", {.tls_certificate = "a.pem"}},
  };
  for (const auto& [field, options] : wrong) {
    std::string text;
    EXPECT_EQ(ReasonOf(options, &text), StartError::Reason::kOption) << field;
    EXPECT_THAT(text, StartsWith(field + ": "));
  }
}

TEST(Emulator, NamesTheKeyThatIsNoBase64) {
  std::string text;
  ReasonOf({.accounts = {{.name = "second", .keys = {"c2VjcmV0", "c2VjcmV"}}}}, &text);

  EXPECT_THAT(text, HasSubstr("'c2VjcmV'"));
}

// The last character may carry bits that no byte has.
TEST(Emulator, TakesKeysWhoseBase64IsNotCanonical) {
  const Emulator emulator({.account_key = "AAECAx==",
                           .accounts = {{.name = "second", .keys = {"c2VjcmV0", "AAECAx=="}}}});

  EXPECT_NE(emulator.Port(), 0);
}

TEST(Emulator, GivesBlobsAnOriginOfTheirOwn) {
  const Emulator emulator({.blob_port = 0});

  const auto answer =
      Call(emulator.Port(), "POST", "/api/Videos", R"({"OriginalFileName":"clip.mp4"})");

  const auto upload = StringMember(BodyOf(answer), "UploadUri").value();
  EXPECT_NE(emulator.BlobUrl().find(std::to_string(emulator.Port())), 0u);
  EXPECT_THAT(upload, StartsWith(emulator.BlobUrl() + "/asset-"));
  EXPECT_EQ(StatusOf(Call(emulator.Port(), "PUT", TargetOf(upload), "x",
                          "x-ms-blob-type: BlockBlob\r\n")),
            404);
}

TEST(Emulator, ServesTheReadOnlyCopyOfItsAccount) {
  const Emulator emulator;
  const auto video = CreateVideo(emulator.Port());
  ASSERT_EQ(Upload(emulator.Port(), video, "the bytes"), 201);
  std::string target = video.upload_target;
  target.insert(target.find('/', 1), "-secondary");

  EXPECT_EQ(BodyOf(Call(emulator.Port(), "GET", target)), "the bytes");
  Call(emulator.Port(), "GET", "/devstoreaccount1-secondary?restype=service&comp=stats");

  EXPECT_EQ(emulator.Requests(Operation::kGetServiceStats).size(), 1u);
}

TEST(Emulator, TakesUrlsFromWhatTheProxySays) {
  const Emulator emulator({.external_url = "https://media.example/base/"});

  const auto answer =
      Call(emulator.Port(), "POST", "/api/Videos", R"({"OriginalFileName":"clip.mp4"})");

  EXPECT_THAT(StringMember(BodyOf(answer), "UploadUri").value(),
              StartsWith("https://media.example/base/devstoreaccount1/asset-"));
}

TEST(Emulator, ServesHttpsWithACertificateOfItsOwn) {
  const Emulator emulator({.tls_self_signed = true});

  EXPECT_THAT(emulator.Url(), StartsWith("https://"));
  EXPECT_THAT(testing::CallOverTls(emulator.Port(),
                                   "GET /__admin/ready HTTP/1.1\r\nHost: localhost\r\n"
                                   "Connection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 200 "));
}

TEST(Emulator, MakesACertificateThatAClientCanTrust) {
  const testing::TemporaryFolder folder;
  const auto authority = folder.File("ca.pem");
  const Emulator emulator({.tls_self_signed = true, .tls_ca_file = authority});
  const Emulator other({.tls_self_signed = true});
  const std::string request =
      "GET /api/Formats HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  EXPECT_THAT(testing::CallOverTls(emulator.Port(), request, authority),
              StartsWith("HTTP/1.1 200 "));
  EXPECT_THROW(testing::CallOverTls(other.Port(), request, authority), std::runtime_error);
}

TEST(Emulator, KeepsItsCertificateWithItsData) {
  const testing::TemporaryFolder folder;
  const auto start = [&folder](const std::string& authority) {
    const Emulator emulator({.data_directory = folder.File("data"),
                             .tls_self_signed = true,
                             .tls_ca_file = folder.File(authority)});
  };

  start("first.pem");
  start("second.pem");

  EXPECT_THAT(testing::ReadFile(folder.File("first.pem")), StartsWith("-----BEGIN CERTIFICATE"));
  EXPECT_EQ(testing::ReadFile(folder.File("second.pem")),
            testing::ReadFile(folder.File("first.pem")));
}

TEST(Emulator, RejectsADamagedCertificateInItsDataFolderByName) {
  const testing::TemporaryFolder folder;
  testing::WriteFile(folder.File("localhost.pem"), "-----BEGIN CERTIFICATE-----\n");

  EXPECT_THAT([&] { Emulator({.data_directory = folder.path(), .tls_self_signed = true}); },
              Throws<StartError>(Property(&StartError::what, HasSubstr("localhost.pem"))));
}

TEST(Emulator, ShowsSimultaneousPollersOneOrderOfStates) {
  Emulator emulator({.processing_time = 1s, .frozen_at = kNoon});
  const auto video = CreateVideo(emulator.Port());
  std::atomic<bool> done = false;
  std::atomic<int> out_of_order = 0;
  std::vector<std::thread> pollers;
  const std::vector<std::string> order = {"Pending", "Processing", "Completed"};
  for (int i = 0; i < 8; ++i) {
    pollers.emplace_back([&] {
      std::size_t seen = 0;
      while (!done) {
        const auto status = VideoStatus(emulator.Port(), video);
        const auto now =
            static_cast<std::size_t>(std::find(order.begin(), order.end(), status) - order.begin());
        if (now < seen || now == order.size()) ++out_of_order;
        seen = now;
      }
    });
  }

  MarkComplete(emulator.Port(), video);
  for (int i = 0; i < 100; ++i) emulator.AdvanceClock(10ms);
  while (VideoStatus(emulator.Port(), video) != "Completed") std::this_thread::yield();
  done = true;
  for (auto& poller : pollers) poller.join();

  EXPECT_EQ(out_of_order, 0);
}

TEST(Emulator, GuardsTheControlApi) {
  const Emulator emulator({.admin_hosts = {"ci.example"}, .admin_token = "secret"});
  const auto ask = [&](const std::string& lines) {
    RawClient client(emulator.Port());
    return StatusOf(client.Ask("GET /__admin/health HTTP/1.1\r\n" + lines + "\r\n"));
  };
  const std::string token = "Authorization: Bearer secret\r\n";

  EXPECT_EQ(ask("Host: localhost\r\n" + token), 200);
  EXPECT_EQ(ask("Host: ci.example\r\n" + token), 200);
  EXPECT_EQ(ask("Host: localhost\r\n"), 401);
  EXPECT_EQ(ask("Host: evil.example\r\n" + token), 403);
  EXPECT_EQ(ask("Host: localhost\r\nOrigin: http://evil.example\r\n" + token), 403);
  EXPECT_EQ(ask("Host: localhost\r\nOrigin: http://localhost\r\n" + token), 200);
}

void ExpectRefused(EmulatorOptions options, const std::string& field) {
  try {
    const Emulator emulator(std::move(options));
    ADD_FAILURE() << field << " was accepted";
  } catch (const StartError& error) {
    EXPECT_EQ(error.reason(), StartError::Reason::kOption);
    EXPECT_THAT(error.what(), ::testing::AllOf(::testing::StartsWith(field + ": ''"),
                                               ::testing::HasSubstr("not allowed")));
  }
}

TEST(Options, ATokenThatNoHeaderCanHaveIsRefused) {
  EXPECT_THROW(Emulator({.admin_token = " "}), StartError);
  EXPECT_THROW(Emulator({.admin_token = "line\nbreak"}), StartError);
}

TEST(Options, AnEmptySecretIsRefused) {
  ExpectRefused({.require_auth = ""}, "require_auth");
  ExpectRefused({.admin_token = ""}, "admin_token");
  ExpectRefused({.admin_hosts = {"ci.example", ""}}, "admin_hosts");
}

}  // namespace
}  // namespace msc
