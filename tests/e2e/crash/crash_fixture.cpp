#include "tests/e2e/crash/crash_fixture.h"

#include <signal.h>

#include <cstdlib>
#include <semaphore>
#include <thread>

namespace msc::testing {

using namespace std::chrono_literals;

int KillPoints() {
  const char* given = std::getenv("MSC_CRASH_ROUNDS");
  return given != nullptr ? std::stoi(given) : MSC_KILL_POINTS;
}

std::uint64_t CrashTest::PickSeed() {
  const char* given = std::getenv("MSC_CRASH_SEED");
  return given != nullptr ? std::stoull(given) : std::random_device()();
}

std::vector<std::string> CrashTest::Command() const {
  return EmulatorCommand({"--data", folder_.path(), "--upload-permissions", "racwdl"});
}

void CrashTest::Start() {
  emulator_ = std::make_unique<EmulatorProcess>(Command());
  ASSERT_FALSE(emulator_->ready().empty()) << emulator_->process().Errors();
}

void CrashTest::WaitAtRandom(std::chrono::microseconds longest) {
  const auto wait = std::chrono::microseconds(random_() % static_cast<unsigned>(longest.count()));
  const auto instant = std::chrono::steady_clock::now() + wait;
  while (std::chrono::steady_clock::now() < instant) std::this_thread::yield();
}

void CrashTest::KillWhileTheyWrite(const std::vector<Writer>& writers) {
  std::counting_semaphore<> acknowledged(0);
  std::vector<std::jthread> threads;
  for (const auto& write : writers) {
    threads.emplace_back([&] { write(emulator_->port(), [&] { acknowledged.release(); }); });
  }
  bool goes_on = true;
  for (auto writes = random_() % 60; writes > 0 && goes_on; --writes) {
    goes_on = acknowledged.try_acquire_for(30s);
  }
  WaitAtRandom(4ms);
  emulator_->process().Signal(SIGKILL);
  emulator_->process().Wait();
  EXPECT_TRUE(goes_on) << "nothing was acknowledged any more";
}

}  // namespace msc::testing
