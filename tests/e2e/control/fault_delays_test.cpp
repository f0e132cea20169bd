// Delays end at once on a reset and at the end of the emulator. They are of an hour: a test that
// waits for one of them does not end.
#include <optional>
#include <thread>

#include "tests/e2e/control/fault_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

class FaultDelays : public FaultTest {
 protected:
  // Runs `operation` and resets the faults once `fault` has fired; what the client got.
  Outcome CancelUnderWay(Operation operation, FaultAction action, Phase phase = Phase::kBefore,
                         const std::string& body = "new bytes") {
    const auto fault =
        emulator_.Inject({.operation = operation, .phase = phase, .action = std::move(action)});
    Outcome outcome;
    std::thread client([&] { outcome = Perform(operation, body); });
    while (fault.Fired() == 0) std::this_thread::yield();
    emulator_.Reset({.videos = true});
    client.join();
    return outcome;
  }
};

TEST_F(FaultDelays, AResetEndsAFixedDelay) {
  EXPECT_EQ(StatusOf(CancelUnderWay(Operation::kGetStatus, FixedDelay{1h}).raw), 200);
  EXPECT_EQ(StatusOf(CancelUnderWay(Operation::kGetStatus, FixedDelay{1h}, Phase::kAfter).raw),
            200);
}

TEST_F(FaultDelays, AResetEndsADelayByChance) {
  EXPECT_EQ(StatusOf(CancelUnderWay(Operation::kGetKey, UniformDelay{1h, 1h}).raw), 200);
  EXPECT_EQ(StatusOf(CancelUnderWay(Operation::kGetKey, LognormalDelay{3'600'000, 0}).raw), 200);
}

TEST_F(FaultDelays, AResetEndsADribbleOfAnAnswer) {
  const auto outcome =
      CancelUnderWay(Operation::kGetBlob, ChunkedDribble{.chunks = 5, .total = 1h});

  EXPECT_EQ(BodyOf(outcome.raw), "0123456789");
}

TEST_F(FaultDelays, AResetEndsTheSlownessOfAnAnswer) {
  ASSERT_EQ(Upload(port(), video_, std::string(1'000'000, 'x')), 201);

  const auto outcome = CancelUnderWay(Operation::kGetBlob, Bandwidth{.kilobytes_per_second = 0.1});

  EXPECT_EQ(BodyOf(outcome.raw).size(), 1'000'000u);
}

TEST_F(FaultDelays, AResetEndsTheSlownessOfARequest) {
  const auto outcome = CancelUnderWay(
      Operation::kPutBlob, Bandwidth{.kilobytes_per_second = 0.1, .direction = Direction::kRequest},
      Phase::kBefore, std::string(100'000, 'x'));

  EXPECT_EQ(StatusOf(outcome.raw), 201);
  EXPECT_EQ(Uploaded().size(), 100'000u);
}

TEST_F(FaultDelays, AResetOverHttpEndsThemToo) {
  const int fault = Inject(Operation::kGetStatus, R"("action":{"fixedDelayMilliseconds":3600000})");
  Outcome outcome;
  std::thread client([&] { outcome = Perform(Operation::kGetStatus); });
  while (Fired(fault) == 0) std::this_thread::yield();

  Post("reset", R"({"keep":["videos"]})");

  client.join();
  EXPECT_EQ(StatusOf(outcome.raw), 200);
}

TEST_F(FaultDelays, TheRemovalOfTheFaultEndsThem) {
  std::optional<ScopedFault> fault =
      emulator_.Inject({.operation = Operation::kGetStatus, .action = FixedDelay{1h}});
  Outcome outcome;
  std::thread client([&] { outcome = Perform(Operation::kGetStatus); });
  while (fault->Fired() == 0) std::this_thread::yield();

  fault.reset();

  client.join();
  EXPECT_EQ(StatusOf(outcome.raw), 200);
}

TEST_F(FaultDelays, TheRemovalOfTheFaultEndsTheSlownessOfAnAnswer) {
  std::optional<ScopedFault> fault = emulator_.Inject(
      {.operation = Operation::kGetBlob, .action = ChunkedDribble{.chunks = 5, .total = 1h}});
  Outcome outcome;
  std::thread client([&] { outcome = Perform(Operation::kGetBlob); });
  while (fault->Fired() == 0) std::this_thread::yield();

  fault.reset();

  client.join();
  EXPECT_EQ(BodyOf(outcome.raw), "0123456789");
}

// Were it still held up, its request would not be in the journal before an hour is over.
TEST_F(FaultDelays, AClientThatGoesEndsIts) {
  const auto fault =
      emulator_.Inject({.operation = Operation::kGetStatus, .action = FixedDelay{1h}});
  {
    RawClient client(port());
    client.Send("GET /api/Videos/" + video_.id + "/Status HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (fault.Fired() == 0) std::this_thread::yield();
  }

  EXPECT_TRUE(emulator_.WaitFor(Operation::kGetStatus, 1, 60s));
}

TEST_F(FaultDelays, TheControlApiAnswersWhileManyAreStuck) {
  const int fault = Inject(Operation::kGetStatus, R"("action":{"fixedDelayMilliseconds":3600000})");
  std::vector<std::thread> clients;
  for (int i = 0; i < 40; ++i) clients.emplace_back([&] { Perform(Operation::kGetStatus); });
  while (Fired(fault) < 40) std::this_thread::yield();

  EXPECT_EQ(Get("health").status, 200);

  emulator_.Reset();
  for (auto& client : clients) client.join();
}

TEST(FaultDelay, TheEndOfTheEmulatorEndsIt) {
  std::optional<Emulator> emulator(std::in_place);
  const int port = emulator->Port();
  std::vector<std::thread> clients;
  {
    const std::optional<ScopedFault> fault = emulator->Inject({.action = FixedDelay{1h}});
    for (int i = 0; i < 8; ++i) {
      clients.emplace_back([port] { Call(port, "GET", "/api/Formats"); });
    }
    while (fault->Fired() < 8) std::this_thread::yield();
  }

  emulator.reset();

  for (auto& client : clients) client.join();
}

}  // namespace
}  // namespace msc
