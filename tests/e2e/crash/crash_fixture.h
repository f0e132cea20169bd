#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"

namespace msc::testing {

// How often one test kills: MSC_CRASH_ROUNDS, or what the build says.
int KillPoints();

// An emulator whose blobs are written when it is killed. MSC_CRASH_SEED repeats what a failed run
// sent; what it met it cannot repeat.
class CrashTest : public ::testing::TestWithParam<int> {
 protected:
  // Writes to the emulator at `port` until the connection ends, and calls `acknowledged` after each
  // write that was.
  using Writer = std::function<void(int port, const std::function<void()>& acknowledged)>;

  std::vector<std::string> Command() const;
  void Start();

  // Any instant within `longest` from now is as likely as any other.
  void WaitAtRandom(std::chrono::microseconds longest);

  // Kills in the middle of their work, after a random number of acknowledged writes.
  void KillWhileTheyWrite(const std::vector<Writer>& writers);

  const ScratchFolder folder_;
  const std::uint64_t seed_ = PickSeed();
  std::mt19937_64 random_{seed_};
  std::unique_ptr<EmulatorProcess> emulator_;

 private:
  static std::uint64_t PickSeed();
};

}  // namespace msc::testing
