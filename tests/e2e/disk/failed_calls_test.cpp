// Each system call with which the emulator writes fails, once at each of its first calls. Whatever
// was acknowledged is there, also after a kill; nothing of what was answered with 500 is.
//
//   MSC_FAILED_CALLS   how many calls of each kind fail, one a run; a handful unless given
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "tests/e2e/crash/worker.h"
#include "tests/e2e/disk/preload.h"
#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::HasSubstr;

struct FailedCall {
  std::string call;
  std::string with;
  std::string durability;
};

void PrintTo(const FailedCall& failed, std::ostream* out) {
  *out << failed.call << ' ' << failed.with << ' ' << failed.durability;
}

constexpr const char* kProtected = ",\"ContentProtectionMode\":\"AES128\"";

// One emulator with such a disk, and what clients know of it.
class FailingDisk {
 public:
  explicit FailingDisk(std::string durability) : durability_(std::move(durability)) {}

  // Whether it serves requests.
  bool TryStart(std::vector<std::string> variables) {
    variables.push_back("MSC_FAIL_ARMED=" + Armed());
    emulator_ = std::make_unique<EmulatorProcess>(
        EmulatorCommand({"--data", folder_.path() + "/data", "--durability", durability_,
                         "--upload-permissions", "racwdl"}),
        PreloadDisk(folder_.path(), std::move(variables)));
    return !emulator_->ready().empty();
  }

  void Start(std::vector<std::string> variables) {
    ASSERT_TRUE(TryStart(std::move(variables))) << emulator_->process().Errors();
  }

  void Restart() {
    emulator_->process().Signal(SIGKILL);
    emulator_->process().Wait();
    Start({});
  }

  int port() const { return emulator_->port(); }
  EmulatorProcess& emulator() { return *emulator_; }
  void Arm() const { std::ofstream(Armed()) << "armed"; }
  void Disarm() const { std::filesystem::remove(Armed()); }
  bool HasFired() const { return std::filesystem::exists(Armed() + ".fired"); }

  // Returns the status.
  int Create() {
    const auto answer = Call(port(), "POST", "/api/Videos",
                             std::string("{\"OriginalFileName\":\"clip.mp4\"") + kProtected + '}');
    if (StatusOf(answer) == 200) videos_.insert(*StringMember(BodyOf(answer), "Id"));
    return StatusOf(answer);
  }

  void ExpectVideos() const {
    std::set<std::string> seen;
    const auto list = nlohmann::json::parse(BodyOf(Call(port(), "GET", "/__admin/videos")));
    for (const auto& video : list.at("videos")) seen.insert(video.at("Id").get<std::string>());
    EXPECT_EQ(seen, videos_);
  }

  std::string NewUploadTarget() {
    const auto video = CreateVideo(port(), kProtected);
    videos_.insert(video.id);
    return video.upload_target;
  }

  Worker NewWorker(std::uint64_t seed = 1) { return {NewUploadTarget(), seed}; }

 private:
  std::string Armed() const { return control_.path() + "/armed"; }

  const std::string durability_;
  const ScratchFolder folder_;
  const ScratchFolder control_;
  std::set<std::string> videos_;
  std::unique_ptr<EmulatorProcess> emulator_;
};

// Commits blobs of so many blocks that the log is copied into the database, and knows which are
// there.
class ManyBlocks {
 public:
  explicit ManyBlocks(std::string upload_target) : upload_target_(std::move(upload_target)) {}

  // Returns the status.
  int Commit(int port, const std::string& blob) {
    BlobClient client(port, upload_target_);
    int status = client.PutBlock(blob, "QUFB", "x").status;
    if (status == 201) status = client.PutBlockList(blob, ids_).status;
    committed_[blob] = status == 201;
    return status;
  }

  // The same.
  int Delete(int port, const std::string& blob) {
    if (!committed_[blob]) return 404;
    const int status = BlobClient(port, upload_target_).DeleteBlob(blob).status;
    committed_[blob] = status != 202;
    return status;
  }

  void Compare(int port) const {
    BlobClient client(port, upload_target_);
    for (const auto& [blob, is_there] : committed_) {
      const auto seen = client.GetBlob(blob);
      EXPECT_EQ(seen.status, is_there ? 200 : 404) << blob;
      if (!is_there) continue;
      EXPECT_TRUE(seen.body == std::string(ids_.size(), 'x')) << blob;
    }
  }

 private:
  const std::string upload_target_;
  const std::vector<std::string> ids_ = std::vector<std::string>(20'000, "QUFB");
  std::map<std::string, bool> committed_;
};

class FailedCalls : public ::testing::TestWithParam<FailedCall> {
 protected:
  // Whether there was such a call.
  bool FailAt(long number) {
    const auto& [call, with, durability] = GetParam();
    FailingDisk disk(durability);
    disk.Start({"MSC_FAIL_CALL=" + call, "MSC_FAIL_WITH=" + with,
                "MSC_FAIL_AT=" + std::to_string(number)});
    auto worker = disk.NewWorker(static_cast<std::uint64_t>(number));
    ManyBlocks many(disk.NewUploadTarget());
    EXPECT_EQ(worker.Write(disk.port(), 5), 0);

    disk.Arm();
    const bool ends_at_error = number % 2 == 1;  // Then nothing is written after it.
    const auto goes_on = [&] { return !ends_at_error || !disk.HasFired(); };
    errors_ += disk.Create() == 500;
    const int writes = MostCalls() > 0 ? 40 : 12;
    if (goes_on()) errors_ += worker.Write(disk.port(), writes, ends_at_error);
    for (const char* blob : {"one", "two", "three"}) {
      if (goes_on()) errors_ += many.Commit(disk.port(), blob) == 500;
    }
    if (goes_on()) errors_ += many.Delete(disk.port(), "two") == 500;
    if (goes_on()) errors_ += disk.Create() == 500;
    const auto compare = [&] {
      worker.Compare(disk.port());
      many.Compare(disk.port());
      disk.ExpectVideos();
    };
    compare();

    disk.Disarm();
    disk.Restart();
    compare();
    worker.CommitAndCompare(disk.port());
    EXPECT_EQ(worker.Write(disk.port(), 3), 0) << "the service does not go on";
    return disk.HasFired();
  }

  // Whether there was such a call, in the first start of a folder.
  bool FailAtStart(long number) {
    const auto& [call, with, durability] = GetParam();
    FailingDisk disk(durability);
    disk.Arm();
    const bool starts = disk.TryStart({"MSC_FAIL_CALL=" + call, "MSC_FAIL_WITH=" + with,
                                       "MSC_FAIL_AT=" + std::to_string(number)});
    if (starts) {
      disk.emulator().StopAndReadLog();
    } else {
      EXPECT_EQ(disk.emulator().process().Wait(), 1);
      ++errors_;
    }
    disk.Disarm();
    disk.Start({});
    auto worker = disk.NewWorker();
    EXPECT_EQ(worker.Write(disk.port(), 3), 0);
    return disk.HasFired();
  }

  // 0: a handful.
  static long MostCalls() { return NumberOr("MSC_FAILED_CALLS", 0); }

  // Calls `fail` for the first calls, until there are no more.
  void Repeat(const std::function<bool(long number)>& fail) {
    const long most = MostCalls();
    const std::vector<long> few = {1, 2, 3, 5, 8};
    long runs = 0;
    for (long i = 0; i < (most > 0 ? most : std::ssize(few)) && !HasFailure(); ++i) {
      const long number = most > 0 ? i + 1 : few[static_cast<std::size_t>(i)];
      SCOPED_TRACE("call " + std::to_string(number));
      if (!fail(number)) break;
      ++runs;
    }
    std::cout << runs << " calls of " << GetParam().call << " failed with " << GetParam().with
              << ", durability " << GetParam().durability << "; " << errors_ << " errors\n";
  }

  int errors_ = 0;
};

TEST_P(FailedCalls, LoseNothingAndLeaveNothingBehind) {
  if (!CanPreload()) GTEST_SKIP() << "no library can be preloaded";
  Repeat([this](long number) { return FailAt(number); });
}

TEST_P(FailedCalls, InAStartLeaveAFolderThatStarts) {
  if (!CanPreload()) GTEST_SKIP() << "no library can be preloaded";
  Repeat([this](long number) { return FailAtStart(number); });
}

std::vector<FailedCall> AllCalls() {
  std::vector<FailedCall> all;
  for (const char* durability : {"full", "process"}) {
    for (const char* with : {"EIO", "ENOSPC", "short"}) all.push_back({"pwrite", with, durability});
    for (const char* call : {"fsync", "ftruncate", "fallocate", "open", "unlink"}) {
      all.push_back({call, "EIO", durability});
    }
    for (const char* call : {"fallocate", "open"}) all.push_back({call, "ENOSPC", durability});
  }
  all.push_back({"fdatasync", "EIO", "full"});
  all.push_back({"fdatasync", "ENOSPC", "full"});
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, FailedCalls, ::testing::ValuesIn(AllCalls()), [](const auto& row) {
  return row.param.call + "_" + row.param.with + "_" + row.param.durability;
});

class BrokenDisk : public ::testing::Test {
 protected:
  // From now on all syncs fail, until the disk is disarmed.
  void StartWithoutSyncs() {
    if (!CanPreload()) GTEST_SKIP() << "no library can be preloaded";
    disk_.Start({"MSC_FAIL_CALL=fdatasync", "MSC_FAIL_WITH=EIO", "MSC_FAIL_AT=1",
                 "MSC_FAIL_TIMES=1000000"});
    worker_.emplace(disk_.NewWorker());
    EXPECT_EQ(worker_->Write(disk_.port(), 10), 0);
    disk_.Arm();
  }

  FailingDisk disk_{"full"};
  std::optional<Worker> worker_;
};

TEST_F(BrokenDisk, TakesNoWritesAndServesReads) {
  ASSERT_NO_FATAL_FAILURE(StartWithoutSyncs());
  if (IsSkipped()) return;

  EXPECT_EQ(disk_.Create(), 500);
  EXPECT_EQ(disk_.Create(), 500);
  EXPECT_GT(worker_->Write(disk_.port(), 5), 0);

  disk_.ExpectVideos();
  worker_->Compare(disk_.port());
  EXPECT_THAT(disk_.emulator().StopAndReadLog(), HasSubstr("emulator.db takes no writes"));
}

TEST_F(BrokenDisk, GoesOnOnceItWorks) {
  ASSERT_NO_FATAL_FAILURE(StartWithoutSyncs());
  if (IsSkipped()) return;
  EXPECT_EQ(disk_.Create(), 500);
  EXPECT_GT(worker_->Write(disk_.port(), 5), 0);

  disk_.Disarm();

  EXPECT_EQ(disk_.Create(), 200);
  EXPECT_EQ(worker_->Write(disk_.port(), 10), 0);
  worker_->Compare(disk_.port());
}

TEST_F(BrokenDisk, LeavesNothingOfItsErrorsToTheNextStart) {
  ASSERT_NO_FATAL_FAILURE(StartWithoutSyncs());
  if (IsSkipped()) return;
  EXPECT_EQ(disk_.Create(), 500);
  EXPECT_GT(worker_->Write(disk_.port(), 5), 0);

  ASSERT_NO_FATAL_FAILURE(disk_.Restart());

  disk_.ExpectVideos();
  worker_->Compare(disk_.port());
}

}  // namespace
}  // namespace msc
