// Server-sent events.
#include <optional>
#include <thread>

#include "tests/e2e/control/control_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct SeenEvent {
  int id = 0;
  std::string kind;
  Json data;
};

// Reads events as they come, from one connection.
class EventReader {
 public:
  explicit EventReader(int port, const std::string& headers = "") : client_(port) {
    client_.Send("GET /__admin/events HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    Line();
    EXPECT_EQ(last_, "HTTP/1.1 200 OK");
    while (Line() && !last_.empty()) {
      if (last_.starts_with("Content-Type")) type_ = last_;
    }
    while (Line() && !last_.empty()) {  // retry: …
    }
  }

  const std::string& type() const { return type_; }

  // The next one; id 0 where the stream has ended.
  SeenEvent Next() {
    SeenEvent event;
    while (Line() && !(last_.empty() && event.id != 0)) {
      if (last_.starts_with("id: ")) event.id = std::stoi(last_.substr(4));
      if (last_.starts_with("event: ")) event.kind = last_.substr(7);
      if (last_.starts_with("data: ")) event.data = Json::parse(last_.substr(6));
    }
    return event;
  }

  std::vector<std::string> NextKinds(int count) {
    std::vector<std::string> kinds;
    for (int i = 0; i < count; ++i) kinds.push_back(Next().kind);
    return kinds;
  }

 private:
  bool Line() {
    const auto line = client_.ReadLine();
    last_ = line.value_or("");
    return line.has_value();
  }

  RawClient client_;
  std::string last_;
  std::string type_;
};

class ControlEvents : public ControlTest {
 protected:
  void AskFormats() const { Call(port(), "GET", "/api/Formats"); }

  // All there have been.
  EventReader FromTheStart() const { return EventReader(port(), "Last-Event-ID: 0\r\n"); }
};

TEST_F(ControlEvents, ComeAsTheyHappen) {
  EventReader events(port());
  EXPECT_THAT(events.type(), HasSubstr("text/event-stream"));

  AskFormats();

  const auto event = events.Next();
  EXPECT_EQ(event.kind, "request");
  EXPECT_EQ(event.data.at("operation"), "GetFormats");
  EXPECT_EQ(event.data.at("status"), 200);
}

TEST_F(ControlEvents, AreOfEveryKindInOrder) {
  const auto fault =
      emulator_.Inject({.operation = Operation::kGetFormats, .action = FixedDelay{}});
  const auto video = CreateVideo(port());
  MarkComplete(port(), video);
  AskFormats();
  emulator_.AdvanceClock(10s);
  emulator_.Reset();

  auto events = FromTheStart();

  EXPECT_THAT(events.NextKinds(9), ElementsAre("request", "transition", "request", "diagnostic",
                                               "fault", "request", "transition", "clock", "clock"));
  EXPECT_EQ(events.Next().kind, "reset");
}

TEST_F(ControlEvents, TellWhatHappened) {
  const auto video = Submit();
  emulator_.AdvanceClock(10s);

  auto events = FromTheStart();
  SeenEvent event;
  while (event.kind != "transition" || event.data.at("to") != "Completed") event = events.Next();

  EXPECT_EQ(event.data, (Json{{"at", "2024-06-30T12:00:10.000Z"},
                              {"videoId", video.id},
                              {"from", "Processing"},
                              {"to", "Completed"}}));
}

TEST_F(ControlEvents, AreResumedBehindTheLastOneThatWasSeen) {
  for (int i = 0; i < 3; ++i) AskFormats();

  EventReader events(port(), "Last-Event-ID: 2\r\n");

  EXPECT_EQ(events.Next().id, 3);
}

TEST_F(ControlEvents, OfAnEmulatorBeforeThisOneBeginAnew) {
  AskFormats();

  EventReader events(port(), "Last-Event-ID: 5000\r\n");

  EXPECT_EQ(events.Next().id, 1);
}

TEST_F(ControlEvents, RefuseAnIdThatIsNone) {
  EXPECT_THAT(Admin(port(), "GET", "events", "", "Last-Event-ID: x\r\n"), IsProblem("'x'"));
}

TEST_F(ControlEvents, AClientThatGoesAwayHarmsNobody) {
  for (int i = 0; i < 20; ++i) FromTheStart();

  AskFormats();

  EXPECT_EQ(FromTheStart().Next().kind, "request");
}

TEST_F(ControlEvents, ManyWatchersSeeTheSame) {
  std::vector<std::unique_ptr<EventReader>> watchers;
  for (int i = 0; i < 50; ++i) watchers.push_back(std::make_unique<EventReader>(port()));

  AskFormats();

  for (auto& watcher : watchers) EXPECT_EQ(watcher->Next().kind, "request");
}

TEST(Events, EndWithTheEmulator) {
  std::optional<Emulator> emulator(std::in_place);
  EventReader events(emulator->Port());

  emulator.reset();

  EXPECT_EQ(events.Next().id, 0);
}

}  // namespace
}  // namespace msc
