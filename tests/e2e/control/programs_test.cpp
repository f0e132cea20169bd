// Programs and states over HTTP.
#include <algorithm>
#include <mutex>
#include <thread>

#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;

class ControlPrograms : public ControlTest {
 protected:
  std::string Status(const CreatedVideo& video) const { return VideoStatus(port(), video); }

  void SetDefault(const std::string& body) const {
    EXPECT_EQ(Put("transitions/video", body).json, Json::parse(body));
  }
};

TEST_F(ControlPrograms, AProgramStartsAnewOnAProcessingVideo) {
  const auto video = Submit();

  const auto answer =
      Put("videos/" + video.id + "/program",
          R"({"steps":[{"state":"Processing","forMillis":30000},{"state":"Processing","polls":2},)"
          R"({"state":"Failed","code":7,"reason":"no track"}]})");

  EXPECT_EQ(answer.status, 200) << answer.raw;
  EXPECT_EQ(answer.json.at("Id"), video.id);
  emulator_.AdvanceClock(30s);
  EXPECT_EQ(Status(video), "Processing");
  EXPECT_EQ(Status(video), "Processing");
  const auto last = Call(port(), "GET", "/api/Videos/" + video.id + "/Status");
  EXPECT_EQ(Json::parse(BodyOf(last)).at("Status"), "Failed");
  EXPECT_EQ(Json::parse(BodyOf(last)).at("StatusCode"), 7);
  EXPECT_EQ(Json::parse(BodyOf(last)).at("Message"), "no track");
}

TEST_F(ControlPrograms, AProgramOfAPendingVideoWaitsForMarkComplete) {
  const auto video = CreateVideo(port());
  Put("videos/" + video.id + "/program", R"({"steps":[{"state":"Completed"}]})");
  EXPECT_EQ(Status(video), "Pending");

  MarkComplete(port(), video);

  EXPECT_EQ(Status(video), "Completed");
}

TEST_F(ControlPrograms, AProgramOfOneVideoLeavesOthersAlone) {
  const auto held = Submit();
  const auto other = Submit();
  Put("videos/" + held.id + "/program", R"({"steps":[{"state":"Processing"}]})");

  emulator_.AdvanceClock(24h);

  EXPECT_EQ(Status(held), "Processing");
  EXPECT_EQ(Status(other), "Completed");
}

TEST_F(ControlPrograms, AStateIsPutWithItsReason) {
  const auto video = CreateVideo(port());

  const auto answer =
      Put("videos/" + video.id + "/state", R"({"state":"Failed","reason":"why","code":9})");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json.at("state"), "Failed");
  EXPECT_EQ(answer.json.at("failure"), (Json{{"code", 9}, {"reason", "why"}}));
  EXPECT_EQ(answer.json.at("history").at(0).at("to"), "Failed");
}

TEST_F(ControlPrograms, EveryStateCanBePutOnEveryOther) {
  const auto video = CreateVideo(port());
  for (const auto* from : {"Pending", "Processing", "Completed", "Failed"}) {
    for (const auto* to : {"Pending", "Processing", "Completed", "Failed"}) {
      Put("videos/" + video.id + "/state", std::string(R"({"state":")") + from + "\"}");
      Put("videos/" + video.id + "/state", std::string(R"({"state":")") + to + "\"}");
      EXPECT_EQ(Status(video), to) << "from " << from;
    }
  }
}

TEST_F(ControlPrograms, TheDefaultIsTheProcessingTime) {
  EXPECT_EQ(Get("transitions/video").json, (Json{{"progression", "time"}, {"seconds", 10.0}}));
}

TEST_F(ControlPrograms, TimeIsTheDefaultOfVideosFromNowOn) {
  const auto before = Submit();
  SetDefault(R"({"progression":"time","seconds":0.5})");
  const auto after = Submit();

  emulator_.AdvanceClock(500ms);

  EXPECT_EQ(Status(before), "Processing");
  EXPECT_EQ(Status(after), "Completed");
}

TEST_F(ControlPrograms, PollsMoveTheVideoThatIsPolled) {
  SetDefault(R"({"progression":"polls","times":2})");
  const auto one = Submit();
  const auto other = Submit();

  EXPECT_EQ(Status(one), "Processing");
  EXPECT_EQ(Status(one), "Processing");
  EXPECT_EQ(Status(one), "Completed");
  EXPECT_EQ(Status(other), "Processing");
}

TEST_F(ControlPrograms, ImmediateEndsAtMarkCompleteAndHoldNever) {
  SetDefault(R"({"progression":"immediate"})");
  const auto immediate = Submit();
  SetDefault(R"({"progression":"hold"})");
  const auto held = Submit();

  emulator_.AdvanceClock(24h * 365);

  EXPECT_EQ(Status(immediate), "Completed");
  EXPECT_EQ(Status(held), "Processing");
}

TEST_F(ControlPrograms, ADeletedDefaultIsTheProcessingTimeAgain) {
  SetDefault(R"({"progression":"hold"})");

  EXPECT_EQ(Delete("transitions/video").json.at("progression"), "time");
}

TEST_F(ControlPrograms, OfCopiesAreSetAndReset) {
  for (const char* body : {R"({"progression":"time","seconds":0.5})", R"({"progression":"hold"})",
                           R"({"progression":"immediate"})"}) {
    EXPECT_EQ(Put("transitions/copy", body).json, Json::parse(body));
  }
  Put("transitions/copy", R"({"progression":"hold"})");
  EXPECT_EQ(Delete("transitions/copy").json.at("progression"), "immediate");

  Put("transitions/copy", R"({"progression":"hold"})");
  Post("reset", "{}");
  EXPECT_EQ(Get("transitions/copy").json.at("progression"), "immediate");
}

TEST_F(ControlPrograms, OfCopiesHaveNoPolls) {
  EXPECT_THAT(Put("transitions/copy", R"({"progression":"polls","times":1})"), IsProblem("polls"));
  EXPECT_THAT(Put("transitions/copy", R"({"progression":"time"})"), IsProblem("seconds"));
}

TEST_F(ControlPrograms, LookingAtAVideoIsNoPoll) {
  SetDefault(R"({"progression":"polls","times":1})");
  const auto video = Submit();

  for (int i = 0; i < 3; ++i) Get("videos/" + video.id);
  emulator_.Video(video.id);

  EXPECT_EQ(Status(video), "Processing");
}

TEST_F(ControlPrograms, WaitingEndsWithTheStateThatIsReached) {
  const auto video = Submit();

  const auto late =
      Post("videos/" + video.id + "/wait", R"({"state":"Completed","timeoutMillis":0})");
  emulator_.AdvanceClock(10s);
  const auto come = Post("videos/" + video.id + "/wait", R"({"state":"Completed"})");

  EXPECT_EQ(late.status, 408);
  EXPECT_EQ(late.json.at("state"), "Processing");
  EXPECT_EQ(come.status, 200);
  EXPECT_EQ(come.json.at("state"), "Completed");
}

// Runs of the same state in a row count once.
std::vector<std::string> StatesSeen(int port, const CreatedVideo& video) {
  std::vector<std::string> seen;
  RawClient client(port);
  while (seen.empty() || seen.back() != "Completed") {
    const auto answer =
        client.Ask("GET /api/Videos/" + video.id + "/Status HTTP/1.1\r\nHost: localhost\r\n\r\n");
    auto state = StringMember(BodyOf(answer), "Status").value_or("no answer");
    if (state == "no answer") return {state};
    if (seen.empty() || seen.back() != state) seen.push_back(std::move(state));
  }
  return seen;
}

TEST_F(ControlPrograms, SixtyFourPollersSeeOneOrderOfStates) {
  SetDefault(R"({"progression":"polls","times":500})");
  const auto video = Submit();
  std::mutex mutex;
  std::vector<std::vector<std::string>> all;
  std::vector<std::thread> pollers;
  for (int i = 0; i < 64; ++i) {
    pollers.emplace_back([&] {
      auto seen = StatesSeen(port(), video);
      const std::lock_guard lock(mutex);
      all.push_back(std::move(seen));
    });
  }
  for (auto& poller : pollers) poller.join();

  const std::vector<std::string> whole = {"Processing", "Completed"};
  const std::vector<std::string> late = {"Completed"};
  EXPECT_THAT(all, ::testing::Each(::testing::AnyOf(whole, late)));
  EXPECT_THAT(all, ::testing::Contains(whole));
  EXPECT_EQ(emulator_.Video(video.id)->history.size(), 2u);
}

struct BadBody {
  const char* name;
  const char* path;  // Behind videos/{id}/, or "" for the default program.
  const char* body;
  const char* named;
};

class BadProgram : public ControlPrograms, public ::testing::WithParamInterface<BadBody> {};

TEST_P(BadProgram, IsRefusedByName) {
  const std::string path = GetParam().path;
  const auto video = Submit();

  EXPECT_THAT(
      Put(path.empty() ? "transitions/video" : "videos/" + video.id + "/" + path, GetParam().body),
      IsProblem(GetParam().named));
  EXPECT_EQ(Status(video), "Processing");
}

INSTANTIATE_TEST_SUITE_P(
    Of, BadProgram,
    ::testing::Values(
        BadBody{"NoState", "state", "{}", "state"},
        BadBody{"UnknownState", "state", R"({"state":"Done"})", "\"Done\""},
        BadBody{"UnknownMemberOfState", "state", R"({"state":"Failed","why":""})", "why"},
        BadBody{"CodeTooLarge", "state", R"({"state":"Failed","code":1000})", "1000"},
        BadBody{"NoSteps", "program", "{}", "steps"},
        BadBody{"EmptySteps", "program", R"({"steps":[]})", "0 steps"},
        BadBody{"StepsOfNumbers", "program", R"({"steps":[1]})", "steps"},
        BadBody{"UnknownStepMember", "program", R"({"steps":[{"state":"Failed","for":1}]})", "for"},
        BadBody{"PendingStep", "program", R"({"steps":[{"state":"Pending"}]})", "Pending"},
        BadBody{"NoPolls", "program", R"({"steps":[{"state":"Processing","polls":0}]})", "0 polls"},
        BadBody{"TwoToThe64Polls", "program",
                R"({"steps":[{"state":"Processing","polls":18446744073709551616}]})", "polls"},
        BadBody{"NegativeTime", "program", R"({"steps":[{"state":"Processing","forMillis":-1}]})",
                "-1"},
        BadBody{"ACodeOfACompletedOne", "program", R"({"steps":[{"state":"Completed","code":4}]})",
                "code"},
        BadBody{"UnknownProgression", "", R"({"progression":"luck"})", "\"luck\""},
        BadBody{"NoSeconds", "", R"({"progression":"time"})", "seconds"},
        BadBody{"NegativeSeconds", "", R"({"progression":"time","seconds":-1})", "-1"},
        BadBody{"HugeSeconds", "", R"({"progression":"time","seconds":1e308})", "seconds"},
        BadBody{"NoTimes", "", R"({"progression":"polls"})", "times"},
        BadBody{"TimesOfTime", "", R"({"progression":"time","seconds":1,"times":2})", "times"}),
    [](const auto& row) { return row.param.name; });

TEST_F(ControlPrograms, AVideoThatIsNotThereIsA404) {
  for (const std::string id : {"00000000-0000-0000-0000-000000000001", "typo"}) {
    EXPECT_EQ(Get("videos/" + id).status, 404);
    EXPECT_EQ(Put("videos/" + id + "/state", R"({"state":"Failed"})").status, 404);
    EXPECT_EQ(Put("videos/" + id + "/program", R"({"steps":[{"state":"Failed"}]})").status, 404);
    EXPECT_EQ(Post("videos/" + id + "/wait", R"({"state":"Failed"})").status, 404);
  }
}

TEST_F(ControlPrograms, AProgramOfAVideoThatHasEndedIsAConflict) {
  const auto video = Submit();
  emulator_.AdvanceClock(10s);

  EXPECT_EQ(Put("videos/" + video.id + "/program", R"({"steps":[{"state":"Failed"}]})").status,
            409);
}

TEST_F(ControlPrograms, CppTellsWhatIsNotThereFromWhatCannotBe) {
  const auto video = Submit();

  EXPECT_FALSE(emulator_.SetState("typo", VideoState::kFailed));
  EXPECT_FALSE(emulator_.SetProgram("typo", Program::Hold()));
  EXPECT_FALSE(emulator_.WaitForState("typo", VideoState::kFailed, 1h));
  EXPECT_FALSE(emulator_.Video("typo").has_value());
  EXPECT_THROW(emulator_.SetProgram(video.id, {}), std::invalid_argument);
  EXPECT_THROW(emulator_.SetDefaultProgram(Program{}), std::invalid_argument);
}

}  // namespace
}  // namespace msc
