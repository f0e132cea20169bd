// Which requests a fault fires on, and what is counted.
#include <atomic>
#include <thread>

#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kBusy = R"("action":{"status":503}})";

class FaultMatching : public ControlTest {
 protected:
  // `members`: all but the action, which is a 503.
  int Inject(const std::string& members) const {
    const auto answer = Post("faults", "{" + members + kBusy);
    EXPECT_EQ(answer.status, 201) << answer.raw;
    return answer.json.at("id").get<int>();
  }

  Json Fault(int id) const { return Get("faults/" + std::to_string(id)).json; }

  int Formats(const std::string& headers = "") const {
    return StatusOf(Call(port(), "GET", "/api/Formats", "", headers));
  }

  std::vector<int> FormatsTimes(int count) const {
    std::vector<int> statuses;
    for (int i = 0; i < count; ++i) statuses.push_back(Formats());
    return statuses;
  }
};

TEST_F(FaultMatching, SkipsThenFiresSoManyTimes) {
  const int id = Inject(R"("match":{"operation":"GetFormats"},"skip":1,"times":2,)");

  EXPECT_THAT(FormatsTimes(4), ElementsAre(200, 503, 503, 200));

  const auto fault = Fault(id);
  EXPECT_EQ(fault.at("matched"), 4);
  EXPECT_EQ(fault.at("fired"), 2);
  EXPECT_EQ(fault.at("remaining"), 0);
  EXPECT_EQ(fault.at("completed"), true);
}

TEST_F(FaultMatching, IsNotCompletedWhileSomethingRemains) {
  const int id = Inject(R"("times":2,)");
  Formats();

  EXPECT_EQ(Fault(id).at("remaining"), 1);
  EXPECT_EQ(Fault(id).at("completed"), false);
}

TEST_F(FaultMatching, FiresForEverWithoutTimes) {
  const int id = Inject("");

  EXPECT_THAT(FormatsTimes(3), ElementsAre(503, 503, 503));
  EXPECT_EQ(Fault(id).at("remaining"), nullptr);
}

TEST_F(FaultMatching, FiresExactlySoManyOfManyAtOnce) {
  Inject(R"("times":10,)");
  std::atomic<int> fired = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 32; ++i) {
    clients.emplace_back([&] { fired += Formats() == 503 ? 1 : 0; });
  }
  for (auto& client : clients) client.join();

  EXPECT_EQ(fired, 10);
}

TEST_F(FaultMatching, TheOldestThatMatchesFires) {
  const int first = Inject(R"("match":{"operation":"GetFormats"},"times":1,)");
  Post("faults", R"({"action":{"status":500}})");

  EXPECT_THAT(FormatsTimes(2), ElementsAre(503, 500));
  EXPECT_EQ(Fault(first).at("fired"), 1);
}

TEST_F(FaultMatching, FiresForOneVideoOnly) {
  const auto one = CreateVideo(port());
  const auto other = CreateVideo(port());
  Inject(R"("match":{"videoId":")" + one.id + R"("},)");

  EXPECT_EQ(Upload(port(), one, "x"), 503);
  EXPECT_EQ(Upload(port(), other, "x"), 201);
  EXPECT_EQ(MarkComplete(port(), one), 503);
  EXPECT_EQ(MarkComplete(port(), other), 200);
  EXPECT_EQ(Formats(), 200);
}

TEST_F(FaultMatching, AStarIsAnyVideoAndAnyOperation) {
  Inject(R"("match":{"videoId":"*","operation":"*"},)");

  EXPECT_EQ(Formats(), 503);
}

struct HeaderRow {
  const char* name;
  const char* pattern;
  const char* fits;  // The header's value; null: the header is absent.
  const char* misses;
};

class FaultByHeader : public FaultMatching, public ::testing::WithParamInterface<HeaderRow> {
 protected:
  int FormatsWith(const char* value) const {
    return Formats(value == nullptr ? "" : std::string("X-Test: ") + value + "\r\n");
  }
};

TEST_P(FaultByHeader, FiresIfTheHeaderMatches) {
  Inject(std::string(R"("match":{"headers":{"x-test":)") + GetParam().pattern + "}},");

  EXPECT_EQ(FormatsWith(GetParam().fits), 503);
  EXPECT_EQ(FormatsWith(GetParam().misses), 200);
}

INSTANTIATE_TEST_SUITE_P(
    Of, FaultByHeader,
    ::testing::Values(HeaderRow{"EqualTo", R"({"equalTo":"t42"})", "t42", "t421"},
                      HeaderRow{"Contains", R"({"contains":"42"})", "t421", "t4"},
                      HeaderRow{"Matches", R"({"matches":"t[0-9]+"})", "t7", "t7x"},
                      HeaderRow{"Absent", R"({"absent":true})", nullptr, "t42"},
                      HeaderRow{"Present", "{}", "t42", nullptr}),
    [](const auto& row) { return row.param.name; });

TEST_F(FaultMatching, FiresByMethodUrlAndPath) {
  const auto video = CreateVideo(port());
  Inject(R"("match":{"method":"post"},"times":1,)");
  Inject(R"("match":{"url":"/api/Formats?a=b"},)");
  Inject(R"("match":{"urlPathPattern":"/api/Videos/[^/]+/Status"},)");

  EXPECT_EQ(MarkComplete(port(), video), 503);
  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Formats?a=b")), 503);
  EXPECT_EQ(Formats(), 200);
  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Videos/" + video.id + "/Status?x")), 503);
  EXPECT_EQ(StatusOf(Call(port(), "GET", "/api/Videos/" + video.id)), 200);
}

std::vector<int> Chances(std::uint64_t seed) {
  Emulator emulator({.frozen_at = kNoon, .random_seed = seed});
  const auto fault = emulator.Inject({.probability = 0.5, .action = AnswerStatus{}});
  std::vector<int> statuses;
  for (int i = 0; i < 64; ++i) {
    statuses.push_back(StatusOf(Call(emulator.Port(), "GET", "/api/Formats")));
  }
  return statuses;
}

TEST(FaultProbability, RepeatsWithTheSeed) {
  const auto chances = Chances(1);

  EXPECT_EQ(Chances(1), chances);
  EXPECT_NE(Chances(2), chances);
  EXPECT_THAT(chances, Contains(200));
  EXPECT_THAT(chances, Contains(503));
}

TEST_F(FaultMatching, NeverAtProbabilityZeroAlwaysAtOne) {
  const int never = Inject(R"("probability":0,)");
  EXPECT_EQ(Formats(), 200);
  EXPECT_EQ(Fault(never).at("matched"), 1);

  Inject(R"("probability":1,)");
  EXPECT_EQ(Formats(), 503);
}

TEST_F(FaultMatching, LeavesTheControlApiAlone) {
  Post("faults", R"({"action":{"fault":"CONNECTION_RESET_BY_PEER"}})");
  EXPECT_EQ(Formats(), 0);

  EXPECT_EQ(Get("health").status, 200);
  EXPECT_EQ(Delete("faults").status, 200);
  EXPECT_EQ(Formats(), 200);
}

TEST_F(FaultMatching, StaysReadableUntilItIsDeleted) {
  const int id = Inject(R"("times":1,)");
  Formats();
  EXPECT_EQ(Get("faults").json.at("faults").size(), 1u);

  EXPECT_EQ(Delete("faults/" + std::to_string(id)).status, 200);

  EXPECT_EQ(Get("faults/" + std::to_string(id)).status, 404);
  EXPECT_EQ(Delete("faults/" + std::to_string(id)).status, 404);
}

TEST_F(FaultMatching, AScopedFaultRemovesItself) {
  {
    const auto fault = emulator_.Inject({.action = AnswerStatus{}});
    EXPECT_EQ(Formats(), 503);
    EXPECT_EQ(fault.Fired(), 1);
    EXPECT_EQ(fault.Matched(), 1);
  }

  EXPECT_EQ(Formats(), 200);
  EXPECT_THAT(emulator_.Faults(), IsEmpty());
  EXPECT_THAT(emulator_.UnusedFaults(), IsEmpty());
}

TEST_F(FaultMatching, AFaultThatNeverFiredIsRemembered) {
  {
    const auto unused =
        emulator_.Inject({.operation = Operation::kPutBlock, .action = AnswerStatus{}});
  }

  EXPECT_THAT(emulator_.UnusedFaults(), ElementsAre(HasSubstr("PutBlock")));
  emulator_.Reset();
  EXPECT_THAT(emulator_.UnusedFaults(), IsEmpty());
}

TEST_F(FaultMatching, AScopedFaultThatAResetRemovedHasNotFired) {
  const auto fault = emulator_.Inject({.action = AnswerStatus{}});
  Formats();

  emulator_.Reset();

  EXPECT_EQ(fault.Fired(), 0);
  EXPECT_EQ(Formats(), 200);
}

TEST_F(FaultMatching, TheRequestTellsWhichFaultFiredOnIt) {
  const int id = Inject("");
  Formats();

  EXPECT_EQ(LastRequest().at("faultId"), id);
  EXPECT_EQ(ExplainLast().at("because").at(0), "fault " + std::to_string(id) + " fired");
}

// Of the development account, for all its blobs.
constexpr const char* kAccountSas =
    "sv=2020-12-06&ss=b&srt=sco&sp=rwdlactf&se=2099-01-01T00:00:00Z"
    "&sig=ffVamfVAHZa2w5p0wIUj5z786iqeRi8zM0GftMKqEBU%3D";

// The answer to a batch that deletes `blobs` of the container clips.
std::string DeleteTogether(int port, const std::vector<std::string>& blobs) {
  std::string body;
  for (const auto& blob : blobs) {
    body += "--limit\r\nContent-Type: application/http\r\n\r\nDELETE /devstoreaccount1/clips/" +
            blob + '?' + kAccountSas + " HTTP/1.1\r\n\r\n";
  }
  return Call(port, "POST", std::string("/devstoreaccount1?comp=batch&") + kAccountSas,
              body + "--limit--\r\n", "Content-Type: multipart/mixed; boundary=limit\r\n");
}

TEST_F(FaultMatching, ReachesTheRequestsOfABatch) {
  Call(port(), "PUT", std::string("/devstoreaccount1/clips?restype=container&") + kAccountSas, "");
  for (const char* blob : {"a", "b"}) {
    Call(port(), "PUT", std::string("/devstoreaccount1/clips/") + blob + '?' + kAccountSas, "x",
         "x-ms-blob-type: BlockBlob\r\n");
  }
  const auto fault = emulator_.Inject(
      {.operation = Operation::kDeleteBlob, .times = 1, .action = AnswerStatus{.status = 503}});

  const auto answer = DeleteTogether(port(), {"a", "b"});

  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 503"));
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 202 Accepted\r\nContent-Length: 0"));
  EXPECT_THAT(
      emulator_.Requests(Operation::kDeleteBlob),
      ElementsAre(Field(&RecordedRequest::status, 503), Field(&RecordedRequest::status, 202)));
}

TEST_F(FaultMatching, OnAPartOfABatchMeetsItsConnection) {
  const auto fault =
      emulator_.Inject({.operation = Operation::kDeleteBlob, .action = ResetConnection{}});

  EXPECT_EQ(StatusOf(DeleteTogether(port(), {"a"})), 0);
  EXPECT_EQ(fault.Fired(), 1);
}

// The head and body of one upload and one read, byte for byte.
std::string RawAnswers(bool with_fault) {
  Emulator emulator({.frozen_at = kNoon, .random_seed = 3});
  std::vector<ScopedFault> faults;
  if (with_fault) {
    faults.push_back(emulator.Inject({.operation = Operation::kGetKey, .action = AnswerStatus{}}));
  }
  RawClient client(emulator.Port());
  const std::string host = " HTTP/1.1\r\nHost: localhost\r\n";
  const auto created = client.Ask("POST /api/Videos" + host + "Content-Length: 28\r\n\r\n" +
                                  R"({"OriginalFileName":"a.mp4"})");
  const auto upload = TargetOf(StringMember(created, "UploadUri").value());
  return created +
         client.Ask("PUT " + upload + host +
                    "x-ms-blob-type: BlockBlob\r\nContent-Length: 5\r\n\r\nbytes") +
         client.Ask("GET " + upload + host + "\r\n");
}

TEST(FaultThatMatchesNothing, ChangesNoByte) { EXPECT_EQ(RawAnswers(true), RawAnswers(false)); }

}  // namespace
}  // namespace msc
