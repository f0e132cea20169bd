// What emulators leave behind in the process that they lived in: nothing.
#include <gtest/gtest.h>
#include <malloc.h>
#include <msc/emulator.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/guest/process_state.h"
#include "tests/support/raw_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

// A request whose answer waits for ten minutes.
std::string LongWait() {
  const std::string body = R"({"pattern":{"operation":"GetKey"},"count":1,"timeoutMillis":600000})";
  return "POST /__admin/requests/wait HTTP/1.1\r\nHost: localhost\r\n"
         "Content-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::size_t AllocatedBytes() {
  const auto info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

TEST(EmulatorInAProcess, LeavesNoDescriptorIfItEndsAtOnce) {
  const auto before = OpenDescriptors();

  for (int i = 0; i < 200; ++i) const Emulator emulator;

  EXPECT_EQ(OpenDescriptors(), before);
}

TEST(EmulatorInAProcess, LeavesNothingIfItDoesNotStart) {
  const auto owner = std::make_unique<Emulator>();
  const auto descriptors = OpenDescriptors();
  const auto threads = Threads();

  for (int i = 0; i < 20; ++i) {
    EXPECT_THROW(Emulator({.seed = "/no/such/seed.json"}), StartError);
    EXPECT_THROW(Emulator({.port = owner->Port()}), StartError);
    EXPECT_THROW(Emulator({.tls_certificate = "/no/such.pem", .tls_key = "/no/such.pem"}),
                 StartError);
  }

  EXPECT_EQ(OpenDescriptors(), descriptors);
  EXPECT_TRUE(Eventually([&] { return Threads() == threads; }));
}

// Two of three end while a client waits: for the rest of its request, or for an answer.
void LiveBriefly(int kind) {
  std::optional<RawClient> client;
  const Emulator emulator;
  if (kind % 3 == 0) return;
  client.emplace(emulator.Port());
  client->Send(kind % 3 == 1 ? "GET /__admin/health HTTP/1.1\r\n" : LongWait());
}

void LiveBrieflyInParallel(int threads, int times) {
  std::vector<std::jthread> lives;
  for (int i = 0; i < threads; ++i) {
    lives.emplace_back([=] {
      for (int j = 0; j < times; ++j) LiveBriefly(i + j);
    });
  }
}

TEST(EmulatorInAProcess, LeavesNothingAfterTwoHundredLivesInParallel) {
  LiveBrieflyInParallel(8, 5);  // The C library and OpenSSL keep what they allocate once.
  const auto descriptors = OpenDescriptors();
  ASSERT_TRUE(Eventually([] { return Threads().size() <= 2; }));  // TSan has one, too.
  const auto threads = Threads();
  const auto bytes = AllocatedBytes();

  LiveBrieflyInParallel(8, 25);

  EXPECT_EQ(OpenDescriptors(), descriptors);
  EXPECT_TRUE(Eventually([&] { return Threads() == threads; }));
  constexpr std::size_t kMargin = 64 * 1024;  // 200 leaks of a third of a KiB.
  EXPECT_LT(AllocatedBytes(), bytes + kMargin);
}

// Whether all of these threads of this process sleep: then they wait for what will not come.
bool AreAsleep(const std::vector<std::atomic<pid_t>>& threads) {
  for (const auto& thread : threads) {
    std::ifstream stat("/proc/self/task/" + std::to_string(thread) + "/stat");
    std::string text;
    std::getline(stat, text);
    if (text.find(") S ") == std::string::npos) return false;
  }
  return true;
}

TEST(EmulatorInAProcess, EndsWhileSixteenThreadsWait) {
  auto emulator = std::make_unique<Emulator>();
  const auto video = emulator->CreateVideo();
  std::vector<std::atomic<pid_t>> waiters(16);
  std::atomic<int> came = 0;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < waiters.size(); ++i) {
    threads.emplace_back([&, i, &alive = *emulator] {
      waiters[i] = ::gettid();
      came += i % 2 == 0 ? alive.WaitFor(Operation::kGetKey, 1, 1h)
                         : alive.WaitForState(video.id, VideoState::kFailed, 1h);
    });
  }
  ASSERT_TRUE(Eventually([&] { return AreAsleep(waiters) && AreAsleep(waiters); }));

  emulator.reset();
  threads.clear();

  EXPECT_EQ(came, 0);
}

}  // namespace
}  // namespace msc
