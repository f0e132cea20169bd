// The power is cut at a random call of an emulator that writes with --durability full: what was not
// synced is lost, or a part of it. The next start finds everything that was acknowledged, from the
// first second of the folder's life on.
//
//   MSC_POWER_CUTS   how many; a handful unless given
//   MSC_CRASH_SEED   repeats a failed run as far as threads can
#include <gtest/gtest.h>
#include <signal.h>

#include <iostream>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "tests/e2e/crash/worker.h"
#include "tests/e2e/disk/preload.h"
#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;

constexpr int kCut = 137;
constexpr std::size_t kMostWorkers = 2;

// A data folder and what its clients know of it.
class CutFolder {
 public:
  std::vector<std::string> Command() const {
    return EmulatorCommand({"--data", folder_.path() + "/data", "--durability", "full",
                            "--upload-permissions", "racwdl"});
  }

  std::vector<std::string> Cutting(unsigned at, unsigned seed) const {
    return PreloadDisk(folder_.path(),
                       {"MSC_CUT_AT=" + std::to_string(at), "MSC_CUT_SEED=" + std::to_string(seed),
                        "MSC_CUT_TRASH=" + trash_.path()});
  }

  // Until the power is cut.
  void Write(int port, std::mt19937_64& random) {
    try {
      while (workers_.size() < kMostWorkers) AddWorker(port, random());
      std::vector<std::jthread> threads;
      for (auto& worker : workers_) {
        threads.emplace_back([&] { worker.WriteUntilTheEnd(port, [] {}); });
      }
    } catch (const std::exception&) {  // Cut while the video was created.
    }
  }

  void Compare(int port) {
    for (auto& worker : workers_) worker.Compare(port);
    for (auto& worker : workers_) worker.CommitAndCompare(port);
    for (const auto& video : videos_) {
      EXPECT_EQ(StatusOf(Call(port, "GET", "/api/Videos/" + video.id)), 200);
      EXPECT_TRUE(IsKeyThere(port, video)) << video.key_id;
    }
  }

 private:
  void AddWorker(int port, std::uint64_t seed) {
    const auto video = CreateVideo(port, ",\"ContentProtectionMode\":\"AES128\"");
    videos_.push_back(video);
    workers_.emplace_back(video.upload_target, seed);
  }

  static bool IsKeyThere(int port, const CreatedVideo& video) {
    const auto answer =
        Call(port, "GET", "/api/Videos/" + video.id + "/AuthorizationToken?KeyId=" + video.key_id);
    return StatusOf(answer) == 200;
  }

  const ScratchFolder folder_;
  const ScratchFolder trash_;
  std::vector<Worker> workers_;
  std::vector<CreatedVideo> videos_;
};

class PowerCuts : public ::testing::Test {
 protected:
  // Whether the power was cut before requests were served.
  bool WriteUntilTheCut(CutFolder& folder) {
    const unsigned latest = random_() % 3 == 0 ? 40 : 400;  // A start makes some 30 calls.
    const auto at = static_cast<unsigned>(1 + random_() % latest);
    EmulatorProcess emulator(folder.Command(),
                             folder.Cutting(at, static_cast<unsigned>(random_())));
    const bool is_ready = !emulator.ready().empty();
    if (is_ready) folder.Write(emulator.port(), random_);
    EXPECT_EQ(emulator.process().Wait(), kCut) << emulator.process().Errors();
    return !is_ready;
  }

  const unsigned seed_ = static_cast<unsigned>(
      NumberOr("MSC_CRASH_SEED", static_cast<long>(std::random_device()() / 2)));
  const ::testing::ScopedTrace trace_{__FILE__, __LINE__,
                                      "MSC_CRASH_SEED=" + std::to_string(seed_)};
  std::mt19937_64 random_{seed_};
};

TEST_F(PowerCuts, LoseNothingThatWasAcknowledged) {
  if (!CanPreload()) GTEST_SKIP() << "no library can be preloaded";
  const long cuts = NumberOr("MSC_POWER_CUTS", 12);
  auto folder = std::make_unique<CutFolder>();
  int in_starts = 0;
  int folders = 1;
  for (long cut = 0; cut < cuts && !HasFailure(); ++cut) {
    SCOPED_TRACE("cut " + std::to_string(cut));
    if (random_() % 3 == 0) {
      folder = std::make_unique<CutFolder>();
      ++folders;
    }
    in_starts += WriteUntilTheCut(*folder);

    EmulatorProcess next(folder->Command());
    ASSERT_FALSE(next.ready().empty()) << next.process().Errors();
    folder->Compare(next.port());
    if (random_() % 2 == 0) next.StopAndReadLog();
  }
  std::cout << cuts << " power cuts, " << in_starts << " of them in a start, in " << folders
            << " folders\n";
}

}  // namespace
}  // namespace msc
