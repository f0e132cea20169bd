#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <semaphore>
#include <thread>
#include <vector>

#include "tests/e2e/crash/worker.h"
#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

constexpr int kWorkers = 4;

// MSC_CRASH_ROUNDS: kills a test.
int KillPoints() {
  const char* given = std::getenv("MSC_CRASH_ROUNDS");
  return given != nullptr ? std::stoi(given) : MSC_KILL_POINTS;
}

// MSC_CRASH_SEED repeats what a failed run sent; what it met it cannot repeat.
std::uint64_t PickSeed() {
  const char* given = std::getenv("MSC_CRASH_SEED");
  return given != nullptr ? std::stoull(given) : std::random_device()();
}

class Crash : public ::testing::TestWithParam<int> {
 protected:
  std::vector<std::string> Command() const {
    return EmulatorCommand({"--data", folder_.path(), "--upload-permissions", "racwdl"});
  }

  void Start() {
    emulator_ = std::make_unique<EmulatorProcess>(Command());
    ASSERT_FALSE(emulator_->ready().empty()) << emulator_->process().Errors();
  }

  void CreateWorkers() {
    for (int i = 0; i < kWorkers; ++i) {
      workers_.emplace_back(CreateVideo(emulator_->port()).upload_target, random_());
    }
  }

  // Any instant within `longest` from now is as likely as any other.
  void WaitAtRandom(std::chrono::microseconds longest) {
    const auto wait = std::chrono::microseconds(random_() % static_cast<unsigned>(longest.count()));
    const auto instant = std::chrono::steady_clock::now() + wait;
    while (std::chrono::steady_clock::now() < instant) std::this_thread::yield();
  }

  // Kills in the middle of it, after a random number of acknowledged writes.
  void KillWhileTheyWrite() {
    std::counting_semaphore<> acknowledged(0);
    std::vector<std::jthread> threads;
    for (auto& worker : workers_) {
      threads.emplace_back(
          [&] { worker.WriteUntilTheEnd(emulator_->port(), [&] { acknowledged.release(); }); });
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

  void KillWhileItStarts() {
    const ChildProcess starting(Command());
    WaitAtRandom(40ms);
  }

  void ExpectNoOrphans() const {
    StoredPieces pieces;
    for (const auto& worker : workers_) worker.AddStoredPieces(pieces);
    struct stat file {};
    ASSERT_EQ(::stat((folder_.path() + "/blobs.bytes").c_str(), &file), 0);
    constexpr std::size_t kFileSystemsOwn = 64 * 1024;  // What it needs to find scattered bytes.
    EXPECT_LE(static_cast<std::size_t>(file.st_blocks) * 512, PagesOf(pieces) + kFileSystemsOwn);
  }

  void CompareAll() {
    for (auto& worker : workers_) worker.Compare(emulator_->port());
    ExpectNoOrphans();
    for (auto& worker : workers_) {
      // Those that are left out wait for a second restart.
      if (random_() % 4 > 0) worker.CommitAndCompare(emulator_->port());
    }
  }

  const ScratchFolder folder_;
  const std::uint64_t seed_ = PickSeed();
  std::mt19937_64 random_{seed_};
  std::vector<Worker> workers_;
  std::unique_ptr<EmulatorProcess> emulator_;
};

TEST_P(Crash, LosesNothingThatWasAcknowledged) {
  SCOPED_TRACE("MSC_CRASH_SEED=" + std::to_string(seed_));
  ASSERT_NO_FATAL_FAILURE(Start());
  CreateWorkers();

  const int points = KillPoints();
  for (int point = 0; point < points && !HasFailure(); ++point) {
    SCOPED_TRACE("kill point " + std::to_string(point));
    ASSERT_NO_FATAL_FAILURE(KillWhileTheyWrite());
    if (random_() % 4 == 0) KillWhileItStarts();
    ASSERT_NO_FATAL_FAILURE(Start());
    CompareAll();
  }
  for (auto& worker : workers_) worker.CommitAndCompare(emulator_->port());
  std::cout << "uploads: " << points << " kills\n";
}

INSTANTIATE_TEST_SUITE_P(Runs, Crash, ::testing::Range(0, 10));

}  // namespace
}  // namespace msc
