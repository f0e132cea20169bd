// What a client did wrong and what to do about it: the same words in `explain`, in the log and in
// the message of a failed test.
#include <msc/testing/verdict.h>

#include <functional>
#include <mutex>

#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kNoVideo = "/api/Videos/00000000-0000-0000-0000-000000000001/Status";
constexpr const char* kForeign = "Origin: https://evil.example\r\n";

// Collects the log of an emulator. Outlives it.
class LogCollector {
 public:
  EmulatorOptions Options() {
    return {.cors_origins = "https://app.example",  // So that the blob endpoint has this rule, too.
            .frozen_at = kNoon,
            .random_seed = 42,
            .log = [this](std::string_view level, std::string_view line) {
              const std::lock_guard lock(mutex_);
              lines_.push_back(std::string(level) + ": " + std::string(line));
            }};
  }

  std::string Last() const {
    const std::lock_guard lock(mutex_);
    return lines_.empty() ? "" : lines_.back();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

class ReasonsTest : public LogCollector, public ControlTest {
 protected:
  ReasonsTest() : ControlTest(LogCollector::Options()) {}

  // The explanation, the line of the log and the words for a failed test of the last request.
  Json Explained() const {
    return Json::parse(emulator_.Explain(emulator_.Requests().back().id).value());
  }

  std::string Create(const std::string& body) const {
    return Call(port(), "POST", "/api/Videos", body);
  }
};

struct Mistake {
  const char* name;
  std::function<void(int port, const CreatedVideo& video)> make;
  const char* because;
  const char* hint;
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class Reasons : public ReasonsTest, public ::testing::WithParamInterface<Mistake> {};

TEST_P(Reasons, AreTheSameEverywhere) {
  const auto video = CreateVideo(port(), R"(,"ContentProtectionMode":"AES128")");

  GetParam().make(port(), video);

  const auto told = Explained();
  EXPECT_THAT(told.at("because").at(0), HasSubstr(GetParam().because));
  EXPECT_THAT(told.value("hint", ""), HasSubstr(GetParam().hint));
  const auto both = AllOf(HasSubstr(GetParam().because), HasSubstr(GetParam().hint));
  EXPECT_THAT(Last(), AllOf(HasSubstr("warning: "), both, HasSubstr("/explain")));
  EXPECT_THAT(Rejections(emulator_).back(), both);
}

auto Asks(const std::string& method, const std::string& target, const std::string& body = "",
          const std::string& headers = "") {
  return [=](int port, const CreatedVideo&) { Call(port, method, target, body, headers); };
}

// Asks for something of the video; `rest`: behind its id.
auto AsksOfVideo(const std::string& method, const std::string& rest) {
  return [=](int port, const CreatedVideo& video) {
    Call(port, method, "/api/Videos/" + video.id + rest);
  };
}

auto Sends(const std::string& bytes) {
  return [=](int port, const CreatedVideo&) { RawClient(port).Ask(bytes); };
}

void UploadsAfterMarkComplete(int port, const CreatedVideo& video) {
  MarkComplete(port, video);
  Upload(port, video, "bytes");
}

void AsksWhetherAPageMayUpload(int port, const CreatedVideo& video) {
  Call(port, "OPTIONS", video.upload_target, "",
       std::string(kForeign) + "Access-Control-Request-Method: PUT\r\n");
}

INSTANTIATE_TEST_SUITE_P(
    Of, Reasons,
    ::testing::Values(
        Mistake{"UnknownPath", Asks("GET", "/api/Video"), "no route matches GET /api/Video",
                "the nearest is "},
        Mistake{"UnknownMethod", Asks("PATCH", "/api/Videos"), "the path has no PATCH",
                "its methods are POST"},
        Mistake{"UnknownVideo", Asks("GET", kNoVideo), "there is no video 00000000-",
                "GET /__admin/videos lists those that there are"},
        Mistake{"DeletedVideo", Asks("DELETE", "/api/Videos/00000000-0000-0000-0000-000000000001"),
                "there is no video 00000000-", "GET /__admin/videos"},
        Mistake{"NoGuid", Asks("GET", "/api/Videos/typo"), "'typo' is no GUID",
                "use an Id that POST /api/Videos returned"},
        Mistake{"EmptyBody", Asks("POST", "/api/Videos"), "the body is empty",
                R"({"OriginalFileName":"clip.mp4"})"},
        Mistake{"MissingMember", Asks("POST", "/api/Videos", "{}"),
                "the member OriginalFileName is missing", R"({"OriginalFileName":"clip.mp4"})"},
        Mistake{"MisspeltMember", Asks("POST", "/api/Videos", R"({"OrignalFileName":"clip.mp4"})"),
                R"(the member OriginalFileName is missing; is "OrignalFileName" misspelt?)", ""},
        Mistake{"BrokenJson", Asks("POST", "/api/Videos", "{\n  \"OriginalFileName\": }"),
                "the body is no JSON: line 2, column 23: ", ""},
        Mistake{"UnknownExtension",
                Asks("POST", "/api/Videos", R"({"OriginalFileName":"clip.txt"})"),
                "OriginalFileName 'clip.txt' must end in an extension", "GET /api/Formats"},
        Mistake{"UnknownMode",
                Asks("POST", "/api/Videos",
                     R"({"OriginalFileName":"a.mp4","ContentProtectionMode":"DES"})"),
                "a mode is 'DES'", "AES128"},
        Mistake{
            "WrongKeyId",
            AsksOfVideo("GET", "/AuthorizationToken?KeyId=00000000-0000-0000-0000-000000000001"),
            "is not protected with that key", "its KeyId is "},
        Mistake{"ThumbnailsTooEarly", AsksOfVideo("GET", "/Thumbnails"),
                "is Pending: it is not completed yet", "next: PUT <UploadUri>"},
        Mistake{"UploadAfterMarkComplete", UploadsAfterMarkComplete,
                "is Processing: ", "MarkComplete closes the upload URL"},
        Mistake{"ForeignPreflight",
                Asks("OPTIONS", "/api/Videos", "",
                     std::string(kForeign) + "Access-Control-Request-Method: POST\r\n"),
                "pages of https://evil.example may not call /api",
                "--cors-origins local,https://evil.example"},
        Mistake{"ForeignPreflightOfBlobs", AsksWhetherAPageMayUpload, "no rule allows this origin",
                "--cors-origins local,https://evil.example"},
        Mistake{"ForeignPage", Asks("GET", "/api/Formats", "", kForeign),
                "a page of https://evil.example cannot read the response",
                "--cors-origins local,https://evil.example"},
        Mistake{"WrongHost", Sends("GET /api/Formats HTTP/1.1\r\nHost: a b\r\n\r\n"),
                "Host is not a host name", ""},
        Mistake{"TlsForHttp", Sends("\x16\x03\x01\x02"), "this port serves HTTP", ""},
        Mistake{"NoLength", Sends("POST /api/Videos HTTP/1.1\r\nHost: a\r\n\r\n"),
                "neither the length of its body", ""}),
    [](const auto& row) { return row.param.name; });

TEST_F(ReasonsTest, NamesAMemberThatIsIgnored) {
  Create(R"({"OriginalFileName":"clip.mp4","ContentProtectonMode":"AES128"})");

  EXPECT_EQ(Explained().at("because").at(0),
            "the member \"ContentProtectonMode\" is ignored; did you mean "
            "\"ContentProtectionMode\"?");
}

TEST_F(ReasonsTest, KeepsARequestThatNoRouteTableHasSeen) {
  RawClient(port()).Ask("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n");

  const auto request = LastRequest();
  EXPECT_EQ(request.at("request").at("method"), "BREW");
  EXPECT_EQ(request.at("request").at("url"), "/pot");
  EXPECT_EQ(request.at("response").at("status"), 501);
  EXPECT_EQ(emulator_.UnmatchedRequests().size(), 1u);
}

TEST(ReasonsOfCors, LetAPageOfTheEmulatorsOwnOriginRead) {
  const Emulator emulator({.cors_origins = "https://app.example"});

  Call(emulator.Port(), "GET", "/api/Formats", "", "Origin: " + emulator.Url() + "\r\n");

  EXPECT_THAT(emulator.Explain(1).value(), HasSubstr("it was not refused: 200 OK"));
}

TEST(ReasonsOfTls, TellsThatPlainHttpCame) {
  const Emulator emulator({.tls_self_signed = true});

  const auto answer = Call(emulator.Port(), "GET", "/api/Formats");

  EXPECT_EQ(StatusOf(answer), 400);
  EXPECT_THAT(BodyOf(answer), HasSubstr("this port serves HTTPS"));
  ASSERT_EQ(emulator.Requests().size(), 1u);
  EXPECT_EQ(emulator.Requests().back().target, "/api/Formats");
  EXPECT_THAT(emulator.Explain(1).value(), HasSubstr("use https:// in the URL"));
}

TEST(ReasonsOfBlobPort, TellTheOtherPort) {
  const Emulator emulator({.blob_port = 0});

  const auto answer = Call(emulator.Port(), "GET", "/devstoreaccount1/c/b");

  EXPECT_EQ(StatusOf(answer), 404);
  EXPECT_THAT(BodyOf(answer), HasSubstr("blobs at " + emulator.BlobUrl() + "/<container>"));
  EXPECT_THAT(emulator.Explain(1).value(),
              HasSubstr("blobs have a port of their own (--blob-port): " + emulator.BlobUrl()));
}

TEST_F(ReasonsTest, AreFoundByTheIdThatTheServiceGaveTheResponse) {
  const auto answer = Call(port(), "GET", "/devstoreaccount1/c/b?sv=2018-11-09");
  const auto id = HeaderOf(answer, "x-ms-request-id").value();
  Call(port(), "GET", "/api/Formats");

  EXPECT_EQ(Get("requests/" + id + "/explain").json.at("id"), 1);
  EXPECT_EQ(Get("requests/00000000-0000-0000-0000-000000000001/explain").status, 404);
}

}  // namespace
}  // namespace msc
