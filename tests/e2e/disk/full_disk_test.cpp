// The emulator fills its own disk, again and again: deleting works, it starts, and it goes on once
// there is room.
//
//   MSC_FULL_DISKS   rounds on each disk; a handful unless given
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/e2e/disk/preload.h"
#include "tests/e2e/disk/small_disk.h"
#include "tests/support/blob_client.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;

constexpr int kMebibytes = 24;

class FullDisks : public ::testing::TestWithParam<SmallDisk::Kind> {
 protected:
  void SetUp() override {
    if (!disk_.is_mounted()) GTEST_SKIP() << "this user may not mount a file system";
    Start();
  }

  std::string Folder() const { return disk_.path() + "/data"; }

  void Start() {
    emulator_ = std::make_unique<EmulatorProcess>(
        EmulatorCommand({"--data", Folder(), "--upload-permissions", "racwdl"}));
    ASSERT_FALSE(emulator_->ready().empty()) << emulator_->process().Errors();
  }

  void Kill() {
    emulator_->process().Signal(SIGKILL);
    emulator_->process().Wait();
  }

  int port() const { return emulator_->port(); }
  BlobClient Client() const { return {port(), video_.upload_target}; }

  void NewVideo() {
    video_ = CreateVideo(port());
    blobs_.clear();
  }

  std::string RandomBytes(std::size_t most) {
    return std::string(1 + random_() % most, static_cast<char>('a' + random_() % 26));
  }

  // Uploads until there is no room even for little. Returns how many uploads were refused.
  int Fill() {
    int refused = 0;
    for (std::size_t most = 4'000'000; most > 1'000; most /= 4) {
      for (int failed = 0; failed < 2;) {
        const auto name = "blob-" + std::to_string(blobs_.size());
        const auto bytes = RandomBytes(most);
        const int status = Client().PutBlob(name, bytes).status;
        EXPECT_TRUE(status == 201 || status == 500) << status;
        if (status == 201) blobs_[name] = bytes;
        failed += status != 201;
      }
      refused += 2;
    }
    return refused;
  }

  // Somebody else takes what is left.
  void TakeTheRest() const {
    std::ofstream rest(disk_.path() + "/rest", std::ios::binary | std::ios::app);
    const std::string piece(1024, 'r');
    while (rest.write(piece.data(), 1024).flush()) {
    }
  }

  void GiveTheRestBack() const { ASSERT_EQ(::unlink((disk_.path() + "/rest").c_str()), 0); }

  void Compare() {
    auto client = Client();
    for (const auto& [name, bytes] : blobs_) {
      EXPECT_TRUE(client.GetBlob(name).body == bytes) << name << " of " << bytes.size();
    }
  }

  void DeleteBlobs() {
    for (const auto& [name, bytes] : blobs_) EXPECT_EQ(Client().DeleteBlob(name).status, 202);
    blobs_.clear();
  }

  void DeleteVideo() {
    EXPECT_EQ(StatusOf(Call(port(), "DELETE", "/api/Videos/" + video_.id)) / 100, 2);
    NewVideo();
  }

  void Reset() {
    EXPECT_EQ(StatusOf(Call(port(), "POST", "/__admin/reset", "{}",
                            "Content-Type: application/json\r\n")),
              200);
    NewVideo();
  }

  void MakeRoom() {
    const auto way = random_() % 3;
    if (way == 0) DeleteBlobs();
    if (way == 1) DeleteVideo();
    if (way == 2) Reset();
  }

  SmallDisk disk_{GetParam(), kMebibytes};
  std::mt19937 random_{1};
  CreatedVideo video_;
  std::map<std::string, std::string> blobs_;
  std::unique_ptr<EmulatorProcess> emulator_;
};

TEST_P(FullDisks, AreFreedByDeletingAndThenTakeUploads) {
  const long rounds = NumberOr("MSC_FULL_DISKS", 3);
  NewVideo();
  int refused = 0;
  for (long round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    refused += Fill();
    const bool is_shared = random_() % 2 == 0;
    if (is_shared) TakeTheRest();
    if (random_() % 2 == 0) {
      Kill();
      ASSERT_NO_FATAL_FAILURE(Start());
    }
    Compare();
    MakeRoom();
    if (is_shared) GiveTheRestBack();

    EXPECT_EQ(Client().PutBlob("after", std::string(2'000'000, 'z')).status, 201);
    EXPECT_EQ(Client().DeleteBlob("after").status, 202);
  }
  std::cout << rounds << " rounds, " << refused << " uploads had no room\n";
}

TEST_P(FullDisks, TakeUploadsWhenSomebodyElseMakesRoom) {
  NewVideo();
  TakeTheRest();
  EXPECT_EQ(Client().PutBlob("blob", std::string(2'000'000, 'b')).status, 500);
  Kill();
  ASSERT_NO_FATAL_FAILURE(Start());
  EXPECT_EQ(Client().PutBlob("blob", std::string(2'000'000, 'b')).status, 500);

  GiveTheRestBack();

  EXPECT_EQ(Client().PutBlob("blob", std::string(2'000'000, 'b')).status, 201);
}

INSTANTIATE_TEST_SUITE_P(All, FullDisks,
                         ::testing::Values(SmallDisk::Kind::kTmpfs, SmallDisk::Kind::kExt4),
                         [](const auto& row) {
                           return row.param == SmallDisk::Kind::kTmpfs ? "Tmpfs" : "Ext4";
                         });

}  // namespace
}  // namespace msc
