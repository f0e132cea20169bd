// Kills the emulator in the middle of what changes everything at once, or several records together:
// the next one must find all of the old state or all of the new one.
//
//   MSC_CRASH_ROUNDS   kills a test; a handful unless given. 200 take some minutes.
//   MSC_CRASH_SEED     repeats what a failed run sent; what it met it cannot repeat.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <random>
#include <thread>

#include "tests/e2e/crash/state_view.h"
#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using std::chrono::steady_clock;

constexpr std::size_t kMostVideos = 4;
constexpr const char* kJson = "Content-Type: application/json\r\n";
constexpr const char* kProtected = ",\"ContentProtectionMode\":\"AES128\"";

std::uint64_t NumberOr(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given != nullptr ? std::stoull(given) : otherwise;
}

class StateCrash : public ::testing::Test {
 protected:
  using IsNew = std::function<bool(const StateView& before, const StateView& seen)>;

  StateCrash() {
    Start();
    Fill();
  }

  void Start() {
    emulator_ = std::make_unique<EmulatorProcess>(
        EmulatorCommand({"--data", folder_.path(), "--upload-permissions", "racwdl"}));
    if (emulator_->ready().empty()) throw std::runtime_error(emulator_->process().Errors());
    HoldVideos();
  }

  int port() const { return emulator_->port(); }

  // Other videos, keys and bytes than before.
  void Fill() {
    auto ids = ViewState(port());
    for (; ids.size() > kMostVideos - 3; ids.erase(ids.begin())) {
      Call(port(), "DELETE", "/api/Videos/" + ids.begin()->first);
    }
    for (const char* more : {kProtected, "", kProtected}) {
      const auto video = CreateVideo(port(), more);
      EXPECT_EQ(Upload(port(), video, std::string(1 + random_() % 200'000, 'u')), 201);
      if (random_() % 2 == 0) MarkComplete(port(), video);
    }
  }

  // All videos are alike whenever they are looked at: what was marked complete stays processing.
  void HoldVideos() const {
    Call(port(), "PUT", "/__admin/transitions/video", R"({"progression":"hold"})", kJson);
  }

  // Sends the request in a thread, and kills at some instant until it would have been answered.
  // Returns the answer's status; 0: there was none.
  int KillDuring(const std::string& method, const std::string& target, const std::string& body) {
    std::atomic<int> status = 0;
    const auto begin = steady_clock::now();
    std::jthread client([&] {
      try {
        status = StatusOf(Call(port(), method, target, body, headers_));
      } catch (const std::exception&) {  // Killed before the connection.
      }
    });
    const auto latest = static_cast<std::uint64_t>(longest_.count()) * 5 / 4;
    const auto instant = begin + std::chrono::nanoseconds(random_() % latest);
    while (steady_clock::now() < instant) std::this_thread::yield();
    emulator_->process().Signal(SIGKILL);
    emulator_->process().Wait();
    client.join();
    return status;
  }

  // How long the request takes if the process is not killed.
  void Measure(const std::string& method, const std::string& target, const std::string& body) {
    const auto begin = steady_clock::now();
    ASSERT_EQ(StatusOf(Call(port(), method, target, body, headers_)) / 100, 2) << target;
    longest_ = steady_clock::now() - begin;
  }

  // One round: the state must be the one before the request, or a new one.
  void Round(const std::string& method, const std::string& target, const std::string& body,
             const IsNew& is_new) {
    const auto before = ViewState(port());
    const int status = KillDuring(method, target, body);
    EXPECT_EQ(FindOrphans(folder_.path()), "");
    Start();
    const auto seen = ViewState(port());
    const bool is_done = is_new(before, seen);
    ++(is_done ? new_ : old_);
    EXPECT_TRUE(is_done || (seen == before && status == 0))
        << "answered with " << status << "; videos before: " << ::testing::PrintToString(before)
        << "\nseen: " << ::testing::PrintToString(seen);
  }

  void Report(const char* what) const {
    std::cout << what << ": " << old_ + new_ << " kills, " << old_ << " left the old state, "
              << new_ << " the new one\n";
  }

  const ScratchFolder folder_;
  const std::uint64_t seed_ = NumberOr("MSC_CRASH_SEED", std::random_device()());
  const std::uint64_t rounds_ = NumberOr("MSC_CRASH_ROUNDS", MSC_CRASH_ROUNDS);
  const ::testing::ScopedTrace trace_{__FILE__, __LINE__,
                                      "MSC_CRASH_SEED=" + std::to_string(seed_)};
  std::mt19937_64 random_{seed_};
  std::string headers_;
  std::chrono::nanoseconds longest_{1};
  int old_ = 0;
  int new_ = 0;
  std::unique_ptr<EmulatorProcess> emulator_;
};

TEST_F(StateCrash, RestoreLeavesTheOldStateOrTheNewOne) {
  const std::string target = "/__admin/snapshots/kept";
  headers_ = kJson;
  for (std::uint64_t round = 0; round <= rounds_ && !HasFailure(); ++round) {
    const auto kept = ViewState(port());
    ASSERT_EQ(StatusOf(Call(port(), "POST", target, "", kJson)), 201);
    Fill();
    if (round == 0) {
      Measure("POST", target + "/restore", "");
      continue;
    }
    Round("POST", target + "/restore", "", [&](auto&, auto& seen) { return seen == kept; });
  }
  Report("restore");
}

TEST_F(StateCrash, ImportLeavesTheOldStateOrTheNewOne) {
  Fill();
  const auto kept = ViewState(port());
  RawClient client(port());
  client.Send("GET /__admin/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string archive = BodyOf(client.ReadToEnd().value());
  headers_ = "Content-Type: application/x-tar\r\n";
  Measure("PUT", "/__admin/state", archive);

  for (std::uint64_t round = 0; round < rounds_ && !HasFailure(); ++round) {
    Fill();
    Round("PUT", "/__admin/state", archive, [&](auto&, auto& seen) { return seen == kept; });
  }
  Report("import");
}

TEST_F(StateCrash, ResetLeavesTheOldStateOrNothing) {
  headers_ = kJson;
  Measure("POST", "/__admin/reset", "{}");
  for (std::uint64_t round = 0; round < rounds_ && !HasFailure(); ++round) {
    HoldVideos();  // A reset ends that.
    Fill();
    Round("POST", "/__admin/reset", "{}", [](auto&, auto& seen) { return seen.empty(); });
  }
  Report("reset");
}

TEST_F(StateCrash, CreateLeavesNoVideoOrAWholeOne) {
  const std::string body = std::string("{\"OriginalFileName\":\"new.mp4\"") + kProtected + '}';
  Measure("POST", "/api/Videos", body);
  for (std::uint64_t round = 0; round < rounds_ && !HasFailure(); ++round) {
    Round("POST", "/api/Videos", body, [](auto& before, auto& seen) {
      if (seen.size() != before.size() + 1) return false;
      auto rest = seen;
      std::erase_if(rest, [&](const auto& video) { return !before.contains(video.first); });
      return rest == before;
    });
    if (round % 8 == 0) Fill();
  }
  Report("create");
}

TEST_F(StateCrash, DeleteLeavesTheWholeVideoOrNothingOfIt) {
  const auto first = CreateVideo(port(), kProtected);
  Measure("DELETE", "/api/Videos/" + first.id, "");
  for (std::uint64_t round = 0; round < rounds_ && !HasFailure(); ++round) {
    const auto video = CreateVideo(port(), kProtected);
    ASSERT_EQ(Upload(port(), video, std::string(100'000, 'd')), 201);
    Round("DELETE", "/api/Videos/" + video.id, "", [&](auto& before, auto& seen) {
      auto without = before;
      without.erase(video.id);
      return seen == without && !IsKeyDelivered(port(), video) &&
             StatusOf(Call(port(), "GET", video.upload_target)) == 403;
    });
    if (round % 8 == 0) Fill();
  }
  Report("delete");
}

}  // namespace
}  // namespace msc
