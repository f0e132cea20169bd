// Diagnostics of what clients do wrong, and that a correct client has none.
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "emulator/base/encoding.h"
#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// AES-256-CTR, as a client does it.
std::string Encrypt(const std::string& plain, const std::string& key, const std::string& iv) {
  const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> context(EVP_CIPHER_CTX_new(),
                                                                           EVP_CIPHER_CTX_free);
  const auto* const key_bytes = reinterpret_cast<const unsigned char*>(key.data());
  const auto* const iv_bytes = reinterpret_cast<const unsigned char*>(iv.data());
  EVP_EncryptInit_ex(context.get(), EVP_aes_256_ctr(), nullptr, key_bytes, iv_bytes);
  std::string out(plain.size(), '\0');
  int size = 0;
  EVP_EncryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
                    reinterpret_cast<const unsigned char*>(plain.data()),
                    static_cast<int>(plain.size()));
  return out;
}

class ControlDiagnostics : public ControlTest {
 protected:
  explicit ControlDiagnostics(EmulatorOptions options = {.frozen_at = kNoon, .random_seed = 42})
      : ControlTest(std::move(options)) {}

  // Codes, as C++ and /__admin tell them alike.
  std::vector<std::string> Codes(const CreatedVideo& video) const {
    std::vector<std::string> codes;
    for (const auto& each : emulator_.Diagnostics()) codes.emplace_back(Name(each.code));
    std::vector<std::string> listed;
    const auto shown = Get("videos/" + video.id).json;
    for (const auto& each : shown.at("diagnostics")) {
      EXPECT_EQ(each.at("videoId"), video.id);
      listed.push_back(each.at("code"));
    }
    EXPECT_EQ(codes, listed);
    return codes;
  }

  std::string Token(const CreatedVideo& video) const {
    return StringMember(BodyOf(Call(port(), "GET",
                                    "/api/Videos/" + video.id +
                                        "/AuthorizationToken?KeyId=" + video.key_id)),
                        "value")
        .value();
  }

  static std::string Clip() {
    return "\0\0\0\x18"
           "ftypmp42" +
           std::string(4096, 'm');
  }
};

TEST_F(ControlDiagnostics, AWellBehavedClientHasNone) {
  const auto created =
      Json::parse(BodyOf(Call(port(), "POST", "/api/Videos",
                              R"({"OriginalFileName":"clip.mp4","ContentProtectionMode":"AES128",)"
                              R"("InputStorageEncryptionMode":"AES256"})")));
  const CreatedVideo video{.id = created.at("Id"),
                           .upload_target = TargetOf(created.at("UploadUri")),
                           .key_id = created.at("ContentProtectionKeyId")};
  const auto key =
      *Base64Decode(created.at("InputStorageEncryptionSymmetricKey").get<std::string>());
  const auto iv = *Base64Decode(created.at("InputStorageEncryptionIv").get<std::string>());
  Upload(port(), video, Encrypt(Clip(), key, iv));
  MarkComplete(port(), video);
  VideoStatus(port(), video);
  emulator_.AdvanceClock(10s);
  VideoStatus(port(), video);
  Call(port(), "GET", "/keydelivery?kid=" + video.key_id, "",
       "Authorization: " + Token(video) + "\r\n");

  EXPECT_THAT(Codes(video), IsEmpty());
  EXPECT_EQ(emulator_.Video(video.id)->upload_is_plaintext, false);
}

TEST_F(ControlDiagnostics, MarkCompleteBeforeAnyUpload) {
  const auto video = CreateVideo(port());

  MarkComplete(port(), video);

  EXPECT_THAT(Codes(video), ElementsAre("MarkCompleteBeforeUpload"));
}

TEST_F(ControlDiagnostics, PlaintextWhereEncryptionWasAskedFor) {
  const auto video = CreateVideo(port(), R"(,"InputStorageEncryptionMode":"AES256")");

  Upload(port(), video, Clip());

  EXPECT_THAT(Codes(video), ElementsAre("PlaintextUploaded"));
  EXPECT_EQ(Get("videos/" + video.id).json.at("upload").at("plaintext"), true);
}

TEST_F(ControlDiagnostics, PlaintextIsNothingWhereNoEncryptionWasAskedFor) {
  const auto video = CreateVideo(port());

  Upload(port(), video, Clip());

  EXPECT_THAT(Codes(video), IsEmpty());
  EXPECT_EQ(Get("videos/" + video.id).json.at("upload").at("plaintext"), nullptr);
}

TEST_F(ControlDiagnostics, AnUploadAfterMarkComplete) {
  const auto video = Submit();

  EXPECT_EQ(Upload(port(), video, "late"), 403);

  EXPECT_THAT(Codes(video), ElementsAre("UploadAfterMarkComplete"));
}

TEST_F(ControlDiagnostics, PollsAfterTheEndWasTold) {
  const auto video = Submit();
  emulator_.AdvanceClock(10s);
  for (int i = 0; i < 3; ++i) VideoStatus(port(), video);

  EXPECT_THAT(Codes(video), ElementsAre("PolledAfterEnd"));
  EXPECT_EQ(emulator_.Diagnostics()[0].count, 2);
  EXPECT_EQ(Get("videos/" + video.id).json.at("polling").at("pollsAfterTerminal"), 2);
}

TEST_F(ControlDiagnostics, NoPollIsTooFastWhileTheClockStands) {
  const auto video = Submit();
  for (int i = 0; i < 3; ++i) VideoStatus(port(), video);

  EXPECT_THAT(Codes(video), IsEmpty());
  EXPECT_EQ(Get("videos/" + video.id).json.at("polling").at("polls"), 3);
}

TEST_F(ControlDiagnostics, ATokenThatNoKeyWasFetchedWith) {
  const auto video = CreateVideo(port(), R"(,"ContentProtectionMode":"AES128")");

  Token(video);

  EXPECT_THAT(Codes(video), ElementsAre("TokenNotUsed"));
}

TEST_F(ControlDiagnostics, ATokenForNothingOutlivesItsVideo) {
  const auto video = CreateVideo(port(), R"(,"ContentProtectionMode":"AES128")");
  Token(video);

  Call(port(), "DELETE", "/api/Videos/" + video.id);

  ASSERT_EQ(emulator_.Diagnostics().size(), 1u);
  EXPECT_EQ(emulator_.Diagnostics()[0].code, DiagnosticCode::kTokenNotUsed);
  const auto listed = Get("diagnostics").json.at("diagnostics");
  EXPECT_EQ(listed.at(0).at("code"), "TokenNotUsed");
  EXPECT_EQ(listed.at(0).at("videoId"), video.id);
}

TEST_F(ControlDiagnostics, BlocksThatWereNeverCommitted) {
  const auto video = CreateVideo(port());
  Call(port(), "PUT", video.upload_target + "&comp=block&blockid=QUFB", "block");
  EXPECT_THAT(Codes(video), ElementsAre("BlocksNotCommitted"));

  Call(port(), "PUT", video.upload_target + "&comp=blocklist",
       "<BlockList><Latest>QUFB</Latest></BlockList>");

  EXPECT_THAT(Codes(video), IsEmpty());
}

TEST_F(ControlDiagnostics, AreOfOneVideoAlone) {
  const auto bad = CreateVideo(port());
  const auto good = CreateVideo(port());

  MarkComplete(port(), bad);

  EXPECT_THAT(Get("videos/" + good.id).json.at("diagnostics"), IsEmpty());
}

TEST_F(ControlDiagnostics, GoWithAReset) {
  MarkComplete(port(), CreateVideo(port()));

  emulator_.Reset({.videos = true});

  EXPECT_THAT(emulator_.Diagnostics(), IsEmpty());
}

class RunningClockDiagnostics : public ControlDiagnostics {
 protected:
  RunningClockDiagnostics() : ControlDiagnostics({.processing_time = 1h}) {}
};

TEST_F(RunningClockDiagnostics, PollsFasterThanOnceASecond) {
  const auto video = Submit();
  RawClient client(port());
  // Of so many at once, two are within a second, however busy the machine is.
  const std::string poll =
      "GET /api/Videos/" + video.id + "/Status HTTP/1.1\r\nHost: localhost\r\n\r\n";
  client.Send(poll + poll + poll + poll);
  ASSERT_TRUE(emulator_.WaitFor(Operation::kGetStatus, 4, 1min));

  EXPECT_THAT(Codes(video), ElementsAre("PolledTooFast"));
}

class LooseDiagnostics : public ControlDiagnostics {
 protected:
  LooseDiagnostics() : ControlDiagnostics({.frozen_at = kNoon, .loose = true}) {}
};

TEST_F(LooseDiagnostics, ASignatureOfAnotherTimeIsForgivenAndNamed) {
  const auto video = CreateVideo(port());
  emulator_.AdvanceClock(24h);

  EXPECT_EQ(Upload(port(), video, "late"), 201);

  EXPECT_THAT(Codes(video), ElementsAre("SignatureOutOfTime"));
}

TEST_F(LooseDiagnostics, ASignatureInItsTimeIsNothing) {
  const auto video = CreateVideo(port());

  EXPECT_EQ(Upload(port(), video, "in time"), 201);

  EXPECT_THAT(Codes(video), IsEmpty());
}

TEST_F(ControlDiagnostics, AMultipartFormIsStoredAndTold) {
  const auto video = CreateVideo(port());
  const std::string form =
      "--boundary\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--boundary--\r\n";

  EXPECT_EQ(Upload(port(), video, form), 201);

  EXPECT_THAT(Codes(video), ElementsAre("FormUploaded"));
  EXPECT_EQ(emulator_.Video(video.id)->uploaded_bytes, form.size());
}

TEST_F(ControlDiagnostics, TextWhereAVideoWasAnnounced) {
  const auto json = CreateVideo(port());

  EXPECT_EQ(Upload(port(), json, R"( {"error": "no such file"})"), 201);

  EXPECT_THAT(Codes(json), ElementsAre("TextUploaded"));
}

TEST_F(ControlDiagnostics, TextInBlocks) {
  const auto video = CreateVideo(port());
  Call(port(), "PUT", video.upload_target + "&comp=block&blockid=QUFB", "<!DOCTYPE html><html>");

  Call(port(), "PUT", video.upload_target + "&comp=blocklist",
       "<BlockList><Latest>QUFB</Latest></BlockList>");

  EXPECT_THAT(Codes(video), ElementsAre("TextUploaded"));
}

}  // namespace
}  // namespace msc
