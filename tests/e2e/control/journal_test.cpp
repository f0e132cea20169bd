// The journal over HTTP and C++.
#include <thread>

#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::IsEmpty;

class ControlJournal : public ControlTest {
 protected:
  std::string Ask(const std::string& target, const std::string& headers = "") const {
    return Call(port(), "GET", target, "", headers);
  }

  std::vector<int> Ids(const Json& answer) const {
    std::vector<int> ids;
    for (const auto& request : answer.at("requests")) ids.push_back(request.at("id"));
    return ids;
  }
};

TEST_F(ControlJournal, TellsARequestAndItsAnswer) {
  const auto video = CreateVideo(port());
  Call(port(), "PUT", video.upload_target, "abc",
       "x-ms-blob-type: BlockBlob\r\nX-A: 1\r\nX-A: 2\r\n");

  const auto entry = LastRequest();

  EXPECT_EQ(entry.at("operation"), "PutBlob");
  EXPECT_EQ(entry.at("videoId"), video.id);
  EXPECT_EQ(entry.at("faultId"), nullptr);
  const auto& request = entry.at("request");
  EXPECT_EQ(request.at("method"), "PUT");
  EXPECT_EQ(request.at("url"), video.upload_target);
  EXPECT_EQ(request.at("headers").at("X-A"), (Json{"1", "2"}));
  EXPECT_EQ(request.at("bodySize"), 3);
  EXPECT_EQ(request.at("body"), "abc");
  EXPECT_EQ(request.at("bodySha256"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(entry.at("response").at("status"), 201);
  EXPECT_TRUE(entry.at("response").at("headers").contains("ETag"));
}

TEST_F(ControlJournal, TellsCppTheSame) {
  const auto video = CreateVideo(port());
  Upload(port(), video, "abc");

  const auto recorded = emulator_.Requests(Operation::kPutBlob);

  ASSERT_EQ(recorded.size(), 1u);
  EXPECT_EQ(recorded[0].video_id, video.id);
  EXPECT_EQ(recorded[0].target, video.upload_target);
  EXPECT_EQ(recorded[0].body, "abc");
  EXPECT_EQ(recorded[0].status, 201);
  EXPECT_EQ(Json::parse(emulator_.JournalJson()), Get("requests?since=0").json);
}

TEST_F(ControlJournal, KeepsTheLastThousand) {
  RawClient client(port());
  for (int i = 0; i < 1003; ++i) client.Ask("GET /api/Formats HTTP/1.1\r\nHost: localhost\r\n\r\n");

  const auto answer = Get("requests?since=0").json;

  EXPECT_EQ(answer.at("meta").at("total"), 1000);
  EXPECT_EQ(Ids(answer).front(), 4);
  EXPECT_EQ(Ids(answer).back(), 1003);
  EXPECT_EQ(Get("requests/3/explain").status, 404);
}

TEST_F(ControlJournal, KeepsTheFirst64KibibytesOfABody) {
  const auto video = CreateVideo(port());
  const std::string bytes = std::string(65536, 'a') + "b";

  Upload(port(), video, bytes);

  EXPECT_EQ(LastRequest().at("request").at("bodySize"), 65537);
  EXPECT_EQ(LastRequest().at("request").at("body"), std::string(65536, 'a'));
  EXPECT_EQ(LastRequest().at("request").at("bodySha256"),
            "935bf57d7f52181f095c3a3484b68e542037e287f7cde4ffe8a32896d428a1b1");
}

TEST_F(ControlJournal, KeepsEightMebibytesOfBodiesAndDropsTheOldest) {
  const auto video = CreateVideo(port());
  for (int i = 0; i < 130; ++i) Upload(port(), video, std::string(65536, 'a'));

  const auto uploads = emulator_.Requests(Operation::kPutBlob);

  std::size_t kept = 0;
  for (const auto& upload : uploads) kept += upload.body.size();
  EXPECT_LE(kept, 8u * 1024 * 1024);
  EXPECT_GT(kept, 7u * 1024 * 1024);
  EXPECT_THAT(uploads.front().body, IsEmpty());
  EXPECT_EQ(uploads.front().body_size, 65536u);
  EXPECT_EQ(uploads.back().body.size(), 65536u);
}

TEST_F(ControlJournal, ShowsBytesThatAreNoTextInBase64) {
  const auto video = CreateVideo(port());

  Upload(port(), video, "\xFF\xFE");

  EXPECT_EQ(LastRequest().at("request").at("bodyAsBase64"), "//4=");
}

TEST_F(ControlJournal, ListsTheNewestFirstUnlessToldSinceWhen) {
  for (int i = 0; i < 3; ++i) Ask("/api/Formats");

  EXPECT_EQ(Ids(Get("requests").json), (std::vector{3, 2, 1}));
  EXPECT_EQ(Ids(Get("requests?limit=2").json), (std::vector{3, 2}));
}

TEST_F(ControlJournal, ListsUnmatchedRequestsAlone) {
  Ask("/api/Formats");
  Ask("/api/Format");
  Ask("/api/Formats");

  EXPECT_EQ(Ids(Get("requests?unmatched=true").json), (std::vector{2}));
  EXPECT_EQ(Ids(Get("requests?unmatched=false&limit=1").json), (std::vector{3}));
  EXPECT_THAT(Get("requests?unmatched=maybe"), IsProblem("'maybe'"));
}

TEST_F(ControlJournal, RefusesParametersThatItDoesNotKnow) {
  EXPECT_THAT(Get("requests?unmached=true"), IsProblem("'unmached'"));
  EXPECT_THAT(Get("videos?since=1"), IsProblem("'since'"));
}

TEST_F(ControlJournal, ListsThoseAfterAnIdAndNoMoreThanALimit) {
  for (int i = 0; i < 5; ++i) Ask("/api/Formats");

  EXPECT_EQ(Ids(Get("requests?since=2").json), (std::vector{3, 4, 5}));
  EXPECT_EQ(Ids(Get("requests?since=1&limit=2").json), (std::vector{2, 3}));
  EXPECT_THAT(Ids(Get("requests?since=99").json), IsEmpty());
  EXPECT_THAT(Get("requests?since=x"), IsProblem("'x'"));
  EXPECT_THAT(Get("requests?limit=-1"), IsProblem("'-1'"));
}

TEST_F(ControlJournal, FindsAndCountsByEveryPartOfAPattern) {
  const auto video = CreateVideo(port());
  Ask("/api/Videos/" + video.id, "X-Test: t42\r\n");
  Ask("/api/typo");

  for (const auto& pattern :
       {R"({"operation":"GetVideo"})", R"({"headers":{"x-test":{"equalTo":"t42"}}})",
        R"({"status":404})", R"({"method":"POST"})", R"({"url":"/api/typo"})",
        R"({"urlPathPattern":"/api/Videos/.+"})"}) {
    EXPECT_EQ(Post("requests/count", pattern).json, (Json{{"count", 1}})) << pattern;
    EXPECT_EQ(Post("requests/find", pattern).json.at("requests").size(), 1u) << pattern;
  }
  EXPECT_EQ(Post("requests/count", R"({"videoId":")" + video.id + "\"}").json.at("count"), 2);
  EXPECT_EQ(Post("requests/count", "{}").json.at("count"), 3);
}

TEST_F(ControlJournal, RefusesPatternsThatCannotBe) {
  EXPECT_THAT(Post("requests/find", R"({"operation":"Put"})"), IsProblem("\"Put\""));
  EXPECT_THAT(Post("requests/count", R"({"verb":"GET"})"), IsProblem("verb"));
  EXPECT_THAT(Post("requests/count", R"({"status":600})"), IsProblem("600"));
  EXPECT_THAT(Post("requests/wait", R"({"pattern":{"urlPathPattern":"("}})"), IsProblem("'('"));
  EXPECT_THAT(Post("requests/wait", R"({"count":0})"), IsProblem("count"));
  EXPECT_THAT(Post("requests/wait", R"({"timeoutMillis":-1})"), IsProblem("-1"));
  EXPECT_THROW((void)emulator_.Requests({.url_path_pattern = "("}), std::invalid_argument);
}

TEST_F(ControlJournal, ListsWhatNoRouteMatchedWithTheNearest) {
  Ask("/api/Formats");
  Ask("/api/Video/typo");

  const auto unmatched = Get("requests/unmatched").json;

  EXPECT_EQ(unmatched.at("meta").at("total"), 1);
  const auto& row = unmatched.at("requests").at(0);
  EXPECT_EQ(row.at("request").at("url"), "/api/Video/typo");
  EXPECT_EQ(row.at("nearest"), (Json{{"method", "GET"}, {"path", "/api/Videos/{id}"}}));
  ASSERT_EQ(emulator_.UnmatchedRequests().size(), 1u);
  EXPECT_EQ(emulator_.UnmatchedRequests()[0].operation, std::nullopt);
}

TEST_F(ControlJournal, HasRequestsThatTheirClientCut) {
  const auto video = CreateVideo(port());
  {
    RawClient client(port());
    client.Send("PUT " + video.upload_target +
                " HTTP/1.1\r\nHost: localhost\r\nx-ms-blob-type: BlockBlob\r\n"
                "Content-Length: 10\r\n\r\n0123");
  }

  ASSERT_TRUE(emulator_.WaitFor(Operation::kPutBlob, 1, 1min));
  EXPECT_EQ(LastRequest().at("request").at("bodySize"), 4);
  EXPECT_EQ(LastRequest().at("response").at("status"), 0);
}

TEST_F(ControlJournal, KeepsOutTheControlApi) {
  Get("health");

  EXPECT_THAT(emulator_.Requests(), IsEmpty());
}

TEST_F(ControlJournal, IdsGoOnWhenItIsEmptied) {
  Ask("/api/Formats");

  EXPECT_EQ(Delete("requests").status, 200);
  Ask("/api/Formats");

  EXPECT_EQ(Ids(Get("requests").json), (std::vector{2}));
}

TEST_F(ControlJournal, WaitsForRequestsOfAnotherThread) {
  std::thread client([&] {
    for (int i = 0; i < 3; ++i) Ask("/api/Formats");
  });

  EXPECT_TRUE(emulator_.WaitFor(Operation::kGetFormats, 3, 1min));

  client.join();
  EXPECT_EQ(emulator_.Requests().size(), 3u);
}

TEST_F(ControlJournal, WaitsOverHttpForRequestsOfAnotherThread) {
  std::thread client([&] { Ask("/api/Formats"); });

  const auto answer = Post("requests/wait", R"({"pattern":{"operation":"GetFormats"},"count":1,)"
                                            R"("timeoutMillis":60000})");

  client.join();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json, (Json{{"count", 1}}));
}

TEST_F(ControlJournal, AWaitInVainShowsTheNearMisses) {
  Ask("/api/Formats");

  const auto answer =
      Post("requests/wait",
           R"({"pattern":{"operation":"GetFormats","method":"PUT"},"timeoutMillis":0})");

  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.json.at("count"), 0);
  const auto& miss = answer.json.at("nearMisses").at(0);
  EXPECT_EQ(miss.at("because"), Json::array({"method is GET"}));
  EXPECT_EQ(miss.at("request").at("url"), "/api/Formats");
}

TEST_F(ControlJournal, CountsWhatCameBeforeTheWait) {
  Ask("/api/Formats");

  EXPECT_TRUE(emulator_.WaitFor(Operation::kGetFormats, 1, 0ms));
  EXPECT_FALSE(emulator_.WaitFor(Operation::kGetFormats, 2, 0ms));
}

TEST_F(ControlJournal, AStateIsWaitedForFromAnotherThreadWhileTheClockStands) {
  const auto video = Submit();
  std::thread hand([&] { emulator_.AdvanceClock(10s); });

  EXPECT_TRUE(emulator_.WaitForState(video.id, VideoState::kCompleted, 1min));

  hand.join();
}

TEST_F(ControlJournal, AStateIsWaitedForThatAPollBrings) {
  emulator_.SetDefaultProgram(Program::AfterPolls(1));
  const auto video = Submit();
  std::thread poller([&] {
    for (int i = 0; i < 2; ++i) VideoStatus(port(), video);
  });

  EXPECT_TRUE(emulator_.WaitForState(video.id, VideoState::kCompleted, 1min));

  poller.join();
}

TEST_F(ControlJournal, AVideosIdHasAnyCase) {
  auto id = Submit().id;
  for (char& c : id) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));

  EXPECT_TRUE(emulator_.WaitForState(id, VideoState::kProcessing, 0ms));
  EXPECT_TRUE(emulator_.Video(id).has_value());
  EXPECT_EQ(emulator_.Requests(RequestPattern{.video_id = id}).size(), 3u);
  EXPECT_TRUE(emulator_.SetState(id, VideoState::kFailed));
}

}  // namespace
}  // namespace msc
