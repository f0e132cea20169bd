// What the program does where the system below it fails, or gives it little.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/blob_client.h"
#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;

class DiskErrors : public ::testing::Test {
 protected:
  std::vector<std::string> Flags() const {
    return {"--data", folder_.path(), "--upload-permissions", "racwdl"};
  }

  std::string BytesFile() const { return folder_.path() + "/blobs.bytes"; }

  // A new connection: a fault may cost the one it met.
  static BlobClient Client(const EmulatorProcess& emulator, const CreatedVideo& video) {
    return BlobClient(emulator.port(), video.upload_target);
  }

  const ScratchFolder folder_;
  const std::string bytes_ = std::string(3'000'000, 'b');
};

TEST_F(DiskErrors, AFullDiskIsA500UntilThereIsRoom) {
  EmulatorProcess emulator(LimitedCommand("-f 4096", Flags()));  // 4 MiB a file.
  const auto video = CreateVideo(emulator.port());
  ASSERT_EQ(Client(emulator, video).PutBlob("first", bytes_).status, 201);

  EXPECT_EQ(Client(emulator, video).PutBlob("second", bytes_).status, 500);
  EXPECT_EQ(Client(emulator, video).GetBlob("second").status, 404);
  EXPECT_EQ(Client(emulator, video).GetBlob("first").body, bytes_);
  EXPECT_EQ(Client(emulator, video).PutBlob("small", "fits").status, 201);
  EXPECT_EQ(Client(emulator, video).DeleteBlob("first").status, 202);
  EXPECT_EQ(Client(emulator, video).PutBlob("second", bytes_).status, 201);
  EXPECT_EQ(Client(emulator, video).GetBlob("second").body, bytes_);

  EXPECT_THAT(emulator.StopAndReadLog(), AllOf(HasSubstr(BytesFile()), HasSubstr("too large")));
}

TEST_F(DiskErrors, AFullDiskRefusesABlockAndKeepsTheOthers) {
  EmulatorProcess emulator(LimitedCommand("-f 4096", Flags()));
  const auto video = CreateVideo(emulator.port());
  ASSERT_EQ(Client(emulator, video).PutBlock("blob", "QUFB", bytes_).status, 201);

  EXPECT_EQ(Client(emulator, video).PutBlock("blob", "QkJC", bytes_).status, 500);
  EXPECT_EQ(Client(emulator, video).PutBlockList("blob", {"QUFB", "QkJC"}).status, 400);
  EXPECT_EQ(Client(emulator, video).PutBlockList("blob", {"QUFB"}).status, 201);
  EXPECT_EQ(Client(emulator, video).GetBlob("blob").body, bytes_);
}

// What is written to it would be acknowledged and gone with the process.
TEST_F(DiskErrors, AFileThatWasRemovedIsA500ForBlobsAlone) {
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  ASSERT_EQ(Client(emulator, video).PutBlob("before", bytes_).status, 201);

  ASSERT_TRUE(std::filesystem::remove(BytesFile()));

  EXPECT_EQ(Client(emulator, video).GetBlob("before").status, 500);
  EXPECT_EQ(Client(emulator, video).PutBlob("after", "after").status, 500);
  EXPECT_EQ(StatusOf(Call(emulator.port(), "GET", "/api/Videos/" + video.id + "/Status")), 200);
  EXPECT_THAT(emulator.StopAndReadLog(), HasSubstr(BytesFile() + " was removed"));
}

TEST_F(DiskErrors, RecordsThatWereRemovedAreA500ForWrites) {
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  const std::string records = folder_.path() + "/storage.db";

  ASSERT_TRUE(std::filesystem::remove(records));

  EXPECT_EQ(Client(emulator, video).PutBlob("after", "after").status, 500);
  EXPECT_EQ(StatusOf(Call(emulator.port(), "GET", "/api/Videos/" + video.id + "/Status")), 200);
  EXPECT_THAT(emulator.StopAndReadLog(), HasSubstr(records + " was removed"));
}

TEST_F(DiskErrors, AFileThatWasRemovedStopsTheNextStart) {
  {
    EmulatorProcess emulator(EmulatorCommand(Flags()));
    const auto video = CreateVideo(emulator.port());
    ASSERT_EQ(Client(emulator, video).PutBlob("blob", bytes_).status, 201);
    emulator.StopAndReadLog();
  }
  ASSERT_TRUE(std::filesystem::remove(BytesFile()));

  const auto ended = RunToEnd(EmulatorCommand(Flags()));

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, AllOf(HasSubstr(folder_.path()), HasSubstr("blobs.bytes")));
}

TEST_F(DiskErrors, AFileThatWasCutIsA500UntilNothingIsMissing) {
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  ASSERT_EQ(Client(emulator, video).PutBlob("before", bytes_).status, 201);
  ASSERT_EQ(Client(emulator, video).PutBlob("behind", bytes_).status, 201);

  std::filesystem::resize_file(BytesFile(), 0);

  EXPECT_EQ(Client(emulator, video).GetBlob("before").status, 500);
  EXPECT_EQ(Client(emulator, video).PutBlob("after", "after").status, 500);
  EXPECT_EQ(StatusOf(Call(emulator.port(), "GET", "/api/Videos/" + video.id + "/Status")), 200);
  EXPECT_EQ(Client(emulator, video).DeleteBlob("behind").status, 202);
  EXPECT_EQ(Client(emulator, video).GetBlob("before").status, 500);
  EXPECT_EQ(Client(emulator, video).DeleteBlob("before").status, 202);
  EXPECT_EQ(Client(emulator, video).PutBlob("after", "after").status, 201);
  EXPECT_EQ(Client(emulator, video).GetBlob("after").body, "after");
  EXPECT_THAT(emulator.StopAndReadLog(), HasSubstr(BytesFile()));
}

TEST_F(DiskErrors, AFewFileDescriptorsAreEnoughForManyBlocks) {
  EmulatorProcess emulator(LimitedCommand("-n 256", Flags()));
  auto client = Client(emulator, CreateVideo(emulator.port()));
  std::vector<std::string> ids;
  std::string whole;
  for (int i = 0; i < 3000; ++i) {
    const auto& id = ids.emplace_back("AA" + std::to_string(100'000 + i));
    const std::string block = "block " + id + std::string(static_cast<std::size_t>(i % 100), '.');
    ASSERT_EQ(client.PutBlock("blob", id, block).status, 201);
    whole += block;
  }

  EXPECT_EQ(client.PutBlockList("blob", ids).status, 201);

  EXPECT_EQ(client.GetBlob("blob").body, whole);
}

}  // namespace
}  // namespace msc
