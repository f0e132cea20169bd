// Why a request was answered as it was: one test for each kind of error.
#include "tests/e2e/control/fault_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Explanation : public ControlTest {
 protected:
  // The explanation of one request of the client.
  Json About(const std::string& method, const std::string& target, const std::string& body = "",
             const std::string& headers = "") const {
    Call(port(), method, target, body, headers);
    return ExplainLast();
  }

  Json AboutUpload(const std::string& target) const {
    return About("PUT", target, "bytes", "x-ms-blob-type: BlockBlob\r\n");
  }

  // Of the video's upload: "/devstoreaccount1/asset-…", and the blob in it.
  std::string BlobPath() const {
    return video_.upload_target.substr(0, video_.upload_target.find('?'));
  }
  std::string Container() const { return BlobPath().substr(0, BlobPath().rfind('/')); }

  static std::string Because(const Json& explanation) {
    EXPECT_EQ(explanation.at("because").size(), 1u) << explanation;
    return explanation.at("because").at(0);
  }

  const CreatedVideo video_ = CreateVideo(port(), R"(,"ContentProtectionMode":"AES128")");
};

struct ChangedField {
  const char* field;
  const char* from;
  const char* to;
};

class ExplainedSignature : public Explanation,
                           public ::testing::WithParamInterface<ChangedField> {};

TEST_P(ExplainedSignature, NamesTheFirstFieldThatDiffers) {
  std::string target = video_.upload_target;
  const std::string from = GetParam().from;
  target.replace(target.find(from), from.size(), GetParam().to);

  const auto told = AboutUpload(target);

  EXPECT_EQ(told.at("status"), 403);
  EXPECT_EQ(Because(told), "the signature does not match");
  EXPECT_EQ(told.at("firstDifference"), GetParam().field);
  EXPECT_THAT(told.at("expected").at("stringToSign"), HasSubstr("/devstoreaccount1/asset-"));
  EXPECT_TRUE(told.at("received").contains("sig"));
}

INSTANTIATE_TEST_SUITE_P(Of, ExplainedSignature,
                         ::testing::Values(ChangedField{"st", "st=2024", "st=2023"},
                                           ChangedField{"se", "se=2024", "se=2025"},
                                           ChangedField{"si", "si=", "si=a"},
                                           ChangedField{"sig", "sig=", "sig=AAAA"}),
                         [](const auto& row) { return row.param.field; });

TEST_F(Explanation, TellsTheStringToSignOfAServiceSignature) {
  const auto told = AboutUpload(BlobPath() + "?sv=2012-02-12&sr=c&sp=w&se=2024-07-01&sig=AAAA");

  EXPECT_EQ(Because(told), "the signature does not match");
  EXPECT_EQ(told.at("expected").at("stringToSign"),
            "w\n\n2024-07-01\n" + Container() + "\n\n2012-02-12");
  EXPECT_EQ(told.at("received"), (Json{{"sig", "AAAA"}}));
}

TEST_F(Explanation, TellsTheStringToSignOfAnAccountSignature) {
  const auto told =
      AboutUpload(BlobPath() + "?sv=2018-11-09&ss=b&srt=o&sp=w&se=2024-07-01&sig=AAAA");

  EXPECT_EQ(Because(told), "the signature does not match");
  EXPECT_EQ(told.at("expected").at("stringToSign"),
            "devstoreaccount1\nw\nb\no\n\n2024-07-01\n\n\n2018-11-09\n");
  EXPECT_EQ(told.at("received"), (Json{{"sig", "AAAA"}}));
}

TEST_F(Explanation, TellsTheStringToSignOfASharedKey) {
  const auto told = About("GET", BlobPath(), "",
                          "Authorization: SharedKey devstoreaccount1:bad\r\n"
                          "x-ms-date: Sun, 30 Jun 2024 12:00:00 GMT\r\n"
                          "x-ms-version: 2018-11-09\r\n");

  EXPECT_EQ(Because(told), "the signature does not match");
  EXPECT_THAT(told.at("expected").at("stringToSign"),
              EndsWith("x-ms-date:Sun, 30 Jun 2024 12:00:00 GMT\nx-ms-version:2018-11-09\n"
                       "/devstoreaccount1" +
                       BlobPath()));
  EXPECT_EQ(told.at("received"), (Json{{"authorization", "SharedKey devstoreaccount1:bad"}}));
  EXPECT_FALSE(told.contains("firstDifference"));
}

struct ToldField {
  const char* name;
  const char* query;
  const char* because;
  const char* field;
  const char* expected;
};

class ExplainedField : public Explanation, public ::testing::WithParamInterface<ToldField> {};

TEST_P(ExplainedField, IsToldWithWhatWouldHaveBeenRight) {
  const auto told = AboutUpload(BlobPath() + GetParam().query);

  EXPECT_EQ(told.at("status"), 403);
  EXPECT_EQ(Because(told), GetParam().because);
  EXPECT_TRUE(told.at("received").contains(GetParam().field));
  EXPECT_THAT(told.at("expected").at(GetParam().field), HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    Of, ExplainedField,
    ::testing::Values(
        ToldField{"PermissionsOutOfOrder", "?sv=2018-11-09&sr=c&sp=wr&se=2024-07-01&sig=AAAA",
                  "Signature fields not well formed.", "sp", "racwdxyltfmeopi"},
        ToldField{"SignatureWithPlus", "?sv=2018-11-09&sr=c&sp=w&se=2024-07-01&sig=A+AA",
                  "Signature fields not well formed.", "sig", "%2B"},
        ToldField{"SignatureTwice", "?sv=2018-11-09&sr=c&sp=w&se=2024-07-01&sig=AAAA&sig=AAAA",
                  "Signature fields not well formed.", "sig", "base64"},
        ToldField{"NoResource", "?sv=2018-11-09&sp=w&se=2024-07-01&sig=AAAA",
                  "sr is mandatory. Cannot be empty", "sr", "b for a blob"},
        ToldField{"NoExpiry", "?sv=2018-11-09&sr=c&sp=w&sig=AAAA",
                  "se is mandatory. Cannot be empty", "se", "stored access policy"}),
    [](const auto& row) { return row.param.name; });

TEST_F(Explanation, TellsOfAnAuthorizationHeaderBesideASignature) {
  const auto told = About("PUT", video_.upload_target, "bytes",
                          "x-ms-blob-type: BlockBlob\r\nAuthorization: Basic YTpi\r\n");

  EXPECT_EQ(told.at("status"), 400);
  EXPECT_EQ(Because(told), "the Authorization header is no Shared Key");
  EXPECT_EQ(told.at("received"), (Json{{"authorization", "Basic YTpi"}}));
  EXPECT_EQ(told.at("expected"), (Json{{"authorization", "SharedKey <account>:<signature>"}}));
}

TEST_F(Explanation, NamesTheRouteThatWasMeant) {
  const auto told = About("GET", "/api/Video/typo");

  EXPECT_EQ(told.at("status"), 404);
  EXPECT_EQ(Because(told), "no route matches GET /api/Video/typo");
  EXPECT_EQ(told.at("nearest"), (Json{{"method", "GET"}, {"path", "/api/Videos/{id}"}}));
}

TEST_F(Explanation, NamesNoRouteWhereNoneIsNear) {
  EXPECT_EQ(About("GET", "/something/else/altogether/at/all").at("nearest"), nullptr);
}

class StrictExplanation : public Explanation {
 protected:
  StrictExplanation() = default;
  Emulator strict_{{.frozen_at = kNoon, .strict = true}};
};

TEST_F(StrictExplanation, SaysThatNothingWasUploadedAndWhatIsNext) {
  const auto video = CreateVideo(strict_.Port());
  EXPECT_EQ(MarkComplete(strict_.Port(), video), 409);

  const auto told = Json::parse(strict_.Explain(strict_.Requests().back().id).value());

  EXPECT_EQ(told.at("status"), 409);
  EXPECT_EQ(Because(told), "video " + video.id + " is Pending: nothing has been uploaded");
  EXPECT_EQ(told.at("expected"), (Json{{"next", {"PUT <UploadUri>"}}}));
  EXPECT_EQ(told.at("history"), Json::array());
}

TEST_F(Explanation, SaysThatAVideoIsNotReady) {
  const auto told = About("GET", "/api/Videos/" + video_.id + "/PlaybackEndpoint");

  EXPECT_THAT(Because(told), StartsWith("video " + video_.id + " is Pending: it is not completed"));
  EXPECT_EQ(told.at("expected").at("next").at(0), "PUT <UploadUri>");
}

TEST_F(Explanation, SaysThatTheUploadUrlIsClosed) {
  MarkComplete(port(), video_);

  const auto told = AboutUpload(video_.upload_target);

  EXPECT_EQ(told.at("status"), 403);
  EXPECT_THAT(Because(told), StartsWith("video " + video_.id + " is Processing: "));
  EXPECT_EQ(told.at("history").at(0).at("to"), "Processing");
}

TEST_F(Explanation, SaysThatASignatureHasExpired) {
  emulator_.AdvanceClock(24h);

  const auto told = AboutUpload(video_.upload_target);

  EXPECT_EQ(told.at("status"), 403);
  EXPECT_THAT(Because(told), StartsWith("Signature not valid in the specified time frame"));
  EXPECT_THAT(Because(told), HasSubstr("Current [Mon, 01 Jul 2024 12:00:00 GMT]"));
}

TEST_F(Explanation, SaysThatThereIsNoPermission) {
  EXPECT_THAT(Because(About("DELETE", video_.upload_target)), HasSubstr("does not permit"));
}

TEST_F(Explanation, SaysThatThereIsNoVideo) {
  const auto told = About("GET", "/api/Videos/00000000-0000-0000-0000-000000000001/Status");

  EXPECT_EQ(Because(told), "there is no video 00000000-0000-0000-0000-000000000001");
}

TEST_F(Explanation, SaysThatAKeyIsAnothers) {
  const auto told = About("GET", "/api/Videos/" + video_.id +
                                     "/AuthorizationToken?KeyId="
                                     "00000000-0000-0000-0000-000000000001");

  EXPECT_EQ(Because(told), "video " + video_.id + " is not protected with that key");
}

TEST_F(Explanation, SaysThatThereIsNoKey) {
  EXPECT_THAT(Because(About("GET", "/keydelivery?kid=00000000-0000-0000-0000-000000000001")),
              StartsWith("there is no key"));
}

TEST_F(Explanation, SaysThatATokenIsMissingOrWrong) {
  const std::string target = "/keydelivery?kid=" + video_.key_id;

  EXPECT_THAT(Because(About("GET", target)), StartsWith("no token came"));
  EXPECT_THAT(Because(About("GET", target, "", "Authorization: Bearer x\r\n")), HasSubstr("token"));
}

TEST_F(Explanation, SaysWhichMethodsThereAre) {
  const auto told = About("PATCH", "/api/Videos/" + video_.id);

  EXPECT_EQ(told.at("status"), 405);
  EXPECT_EQ(Because(told), "the path has no PATCH");
  EXPECT_EQ(told.at("expected").at("methods"), "GET, HEAD, DELETE");
}

TEST_F(Explanation, SaysThatAChecksumIsWrong) {
  const auto told = About("PUT", video_.upload_target, "bytes",
                          "x-ms-blob-type: BlockBlob\r\nContent-MD5: AAAAAAAAAAAAAAAAAAAAAA==\r\n");

  EXPECT_EQ(told.at("status"), 400);
  EXPECT_THAT(Because(told), HasSubstr("MD5"));
}

TEST_F(Explanation, TellsTheHeaderThatIsWrong) {
  const auto told = About("PUT", video_.upload_target, "bytes",
                          "x-ms-blob-type: BlockBlob\r\nContent-MD5: short\r\n");

  EXPECT_EQ(Because(told), "the header Content-MD5 is not valid");
  EXPECT_EQ(told.at("received"), (Json{{"content-md5", "short"}}));
}

TEST_F(Explanation, SaysWhichFaultFired) {
  const auto fault = emulator_.Inject({.action = EmptyResponse{}});

  const auto told = About("GET", "/api/Formats");

  EXPECT_EQ(told.at("status"), 0);
  EXPECT_EQ(Because(told), "fault " + std::to_string(fault.id()) + " fired");
  EXPECT_EQ(told.at("faultId"), fault.id());
}

TEST_F(Explanation, SaysThatNothingWasRefused) {
  EXPECT_EQ(Because(About("GET", "/api/Formats")), "it was not refused: 200 OK");
}

TEST_F(Explanation, IsA404ForARequestThatIsNotThere) {
  EXPECT_EQ(Get("requests/77/explain").status, 404);
  EXPECT_EQ(Get("requests/last/explain").status, 404);
  EXPECT_EQ(emulator_.Explain(77), std::nullopt);
}

struct Unserved {
  const char* parameters;
  Operation operation;
};

class UnservedOperations : public Explanation, public ::testing::WithParamInterface<Unserved> {};

TEST_P(UnservedOperations, AreKnownByTheirOwnNames) {
  const auto told = About("PUT", video_.upload_target + '&' + GetParam().parameters, "x",
                          "x-ms-blob-type: BlockBlob\r\n");

  EXPECT_EQ(told.at("status"), 400);
  EXPECT_THAT(Because(told), HasSubstr("is not served by the emulator"));
  EXPECT_EQ(emulator_.Requests(GetParam().operation).size(), 1u);
  EXPECT_EQ(emulator_.Requests(Operation::kPutBlob).size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Of, UnservedOperations,
                         ::testing::Values(Unserved{"comp=incrementalcopy",
                                                    Operation::kIncrementalCopyBlob},
                                           Unserved{"comp=expiry", Operation::kSetBlobExpiry}));

TEST_F(Explanation, ServedOperationsOfTiersAndCopiesHaveNamesToo) {
  About("PUT", video_.upload_target + "&comp=tier");
  About("PUT", video_.upload_target + "&comp=copy&copyid=x");

  EXPECT_EQ(emulator_.Requests(Operation::kSetBlobTier).size(), 1u);
  EXPECT_EQ(emulator_.Requests(Operation::kAbortCopyBlob).size(), 1u);
}

class ExplainedPlayback : public Explanation {
 protected:
  // The target of the manifest that the video has once it is completed.
  std::string Manifest() {
    emulator_.SetState(video_.id, VideoState::kCompleted);
    const auto answer =
        Json::parse(BodyOf(Call(port(), "GET", "/api/Videos/" + video_.id + "/PlaybackEndpoint")));
    return TargetOf(answer.at("PlaybackUrl").get<std::string>());
  }
};

TEST_F(ExplainedPlayback, SaysThatNothingWasPackaged) {
  const auto told = About("GET", Manifest());

  EXPECT_EQ(told.at("status"), 404);
  EXPECT_THAT(Because(told), HasSubstr("video " + video_.id + " has nothing to play"));
  EXPECT_THAT(told.at("hint"), StartsWith("install ffmpeg"));
  EXPECT_EQ(LastRequest().at("operation"), "GetManifest");
  EXPECT_EQ(LastRequest().at("videoId"), video_.id);
}

TEST_F(ExplainedPlayback, SaysWhichStateTheVideoIsIn) {
  const auto target = Manifest();
  emulator_.SetState(video_.id, VideoState::kFailed);

  const auto told = About("GET", target);

  EXPECT_THAT(Because(told), HasSubstr("is Failed: "));
  EXPECT_EQ(told.at("expected").at("next").at(0), "POST /api/Videos");
}

TEST_F(ExplainedPlayback, NamesTheNearestRoute) {
  const auto told = About("GET", Manifest() + "o");

  EXPECT_EQ(told.at("nearest").at("path"), "/{locator}/{file}.ism/Manifest");
}

TEST_F(ExplainedPlayback, SaysWhatAProxyServes) {
  const auto told =
      About("GET", "/api/ManifestProxy?playbackUrl=http%3A%2F%2Fother.example%2Fvideo.m3u8");
  const auto poster =
      About("GET", "/api/ImageProxy?mediaservicesurl=http%3A%2F%2Fother.example%2F");

  EXPECT_EQ(told.at("status"), 403);
  EXPECT_EQ(told.at("received").at("playbackurl"), "http://other.example/video.m3u8");
  EXPECT_EQ(poster.at("status"), 403);
  EXPECT_EQ(LastRequest().at("operation"), "GetThumbnail");
}

}  // namespace
}  // namespace msc
