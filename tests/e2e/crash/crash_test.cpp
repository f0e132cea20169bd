#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <iostream>
#include <vector>

#include "tests/e2e/crash/crash_fixture.h"
#include "tests/e2e/crash/worker.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

constexpr int kWorkers = 4;

class Crash : public CrashTest {
 protected:
  void CreateWorkers() {
    for (int i = 0; i < kWorkers; ++i) {
      workers_.emplace_back(CreateVideo(emulator_->port()).upload_target, random_());
    }
  }

  void KillWhileTheyWrite() {
    std::vector<Writer> writers;
    for (auto& worker : workers_) {
      writers.push_back([&](int port, const std::function<void()>& acknowledged) {
        worker.WriteUntilTheEnd(port, acknowledged);
      });
    }
    CrashTest::KillWhileTheyWrite(writers);
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

  std::vector<Worker> workers_;
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
