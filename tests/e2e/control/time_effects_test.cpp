// What follows the emulator's clock, and that the same requests have the same answers.
#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

class TimeEffects : public ControlTest {};

TEST_F(TimeEffects, DatesOfAnswersAreTheClocks) {
  emulator_.AdvanceClock(1h);

  for (const auto* target : {"/api/Formats", "/__admin/health", "/devstoreaccount1?comp=list"}) {
    EXPECT_EQ(HeaderOf(Call(port(), "GET", target), "Date"), "Sun, 30 Jun 2024 13:00:00 GMT")
        << target;
  }
}

TEST_F(TimeEffects, ABlobIsModifiedWhenTheClockSaysSo) {
  const auto video = CreateVideo(port());
  emulator_.AdvanceClock(1h);

  Upload(port(), video, "x");

  EXPECT_EQ(HeaderOf(Call(port(), "GET", video.upload_target), "Last-Modified"),
            "Sun, 30 Jun 2024 13:00:00 GMT");
}

TEST_F(TimeEffects, AnUploadUrlExpiresByTheClock) {
  const auto video = CreateVideo(port());
  emulator_.AdvanceClock(12h + 24min + 59s);
  EXPECT_EQ(Upload(port(), video, "in time"), 201);

  emulator_.AdvanceClock(1s);

  EXPECT_EQ(Upload(port(), video, "too late"), 403);
}

TEST_F(TimeEffects, ATokenExpiresByTheClock) {
  const auto video = CreateVideo(port(), R"(,"ContentProtectionMode":"AES128")");
  const auto token = StringMember(
      BodyOf(Call(port(), "GET",
                  "/api/Videos/" + video.id + "/AuthorizationToken?KeyId=" + video.key_id)),
      "value");
  const auto key = [&] {
    return StatusOf(Call(port(), "GET", "/keydelivery?kid=" + video.key_id, "",
                         "Authorization: " + token.value() + "\r\n"));
  };
  EXPECT_EQ(key(), 200);

  emulator_.AdvanceClock(24h * 366);

  EXPECT_EQ(key(), 401);
}

TEST_F(TimeEffects, TheJournalIsStampedByTheClock) {
  emulator_.AdvanceClock(90min);
  Call(port(), "GET", "/api/Formats");

  EXPECT_EQ(LastRequest().at("request").at("loggedDateString"), "2024-06-30T13:30:00.000Z");
  EXPECT_EQ(LastRequest().at("request").at("loggedDate"), 1719754200000);
  EXPECT_EQ(emulator_.Requests().back().at, emulator_.Now());
}

TEST_F(TimeEffects, AFaultLivesByTheClock) {
  const auto fault = emulator_.Inject({.ttl = 1min, .action = AnswerStatus{.status = 503}});
  emulator_.AdvanceClock(59999ms);
  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Formats")), 503);

  emulator_.AdvanceClock(1ms);

  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Formats")), 200);
  EXPECT_TRUE(Get("faults").json.at("faults").at(0).at("completed"));
}

// Hosts are fixed, as ports differ.
std::string Ask(const Emulator& emulator, const std::string& line, const std::string& body = "",
                const std::string& headers = "") {
  RawClient client(emulator.Port());
  return client.Ask(line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body);
}

// What clients and tests see of a whole life, faults by chance included.
std::string Transcript(Emulator& emulator) {
  constexpr const char* kJson = "Content-Type: application/json\r\n";
  std::string all = Ask(emulator, "POST /api/Videos",
                        R"({"OriginalFileName":"a.mp4","ContentProtectionMode":"AES128",)"
                        R"("InputStorageEncryptionMode":"AES256"})");
  const auto video = "/api/Videos/" + StringMember(all, "Id").value();
  const auto key = StringMember(all, "ContentProtectionKeyId").value();
  const auto upload = TargetOf(StringMember(all, "UploadUri").value());
  all += Ask(emulator, "PUT " + upload, "bytes", "x-ms-blob-type: BlockBlob\r\n");
  all += Ask(emulator, "POST " + video + "/MarkComplete");
  all += Ask(emulator, "PUT /__admin/clock", R"({"action":"advanceToNext"})", kJson);
  all += Ask(emulator, "GET " + video + "/AuthorizationToken?KeyId=" + key);
  all += Ask(emulator, "POST /__admin/faults", R"({"probability":0.5,"action":{"status":503}})",
             kJson);
  for (int i = 0; i < 20; ++i) all += Ask(emulator, "GET " + video + "/Status");
  return all + Ask(emulator, "GET /__admin" + video.substr(4));
}

// Ids of faults go on after a reset.
std::string WithoutFaultIds(std::string text) {
  const auto at = text.find("{\"id\":");
  return text.erase(at, text.find(',', at) - at);
}

TEST(Repetition, TwoEmulatorsOfOneSeedAnswerByteForByteAlike) {
  Emulator one({.frozen_at = kNoon, .random_seed = 7});
  Emulator other({.frozen_at = kNoon, .random_seed = 7});

  EXPECT_EQ(Transcript(one), Transcript(other));
}

TEST(Repetition, AnotherSeedAnswersOtherwise) {
  Emulator one({.frozen_at = kNoon, .random_seed = 7});
  Emulator other({.frozen_at = kNoon, .random_seed = 8});

  EXPECT_NE(Transcript(one), Transcript(other));
}

TEST(Repetition, AResetEmulatorAnswersAsItDidAtFirst) {
  Emulator emulator({.frozen_at = kNoon, .random_seed = 7});
  const auto first = Transcript(emulator);

  emulator.Reset();

  EXPECT_EQ(WithoutFaultIds(Transcript(emulator)), WithoutFaultIds(first));
}

}  // namespace
}  // namespace msc
