// What the program does where the system below it fails, or gives it little.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
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
  const std::string records = folder_.path() + "/emulator.db";

  ASSERT_TRUE(std::filesystem::remove(records));

  EXPECT_EQ(Client(emulator, video).PutBlob("after", "after").status, 500);
  EXPECT_EQ(StatusOf(Call(emulator.port(), "GET", "/api/Videos/" + video.id + "/Status")), 200);
  EXPECT_THAT(emulator.StopAndReadLog(), HasSubstr(records + " was removed"));
}

TEST_F(DiskErrors, ALogThatWasRemovedIsA500ForWrites) {
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  const std::string log = folder_.path() + "/emulator.db-wal";

  ASSERT_TRUE(std::filesystem::remove(log));

  EXPECT_EQ(Client(emulator, video).PutBlob("after", "after").status, 500);
  EXPECT_EQ(
      StatusOf(Call(emulator.port(), "POST", "/api/Videos", R"({"OriginalFileName":"a.mp4"})")),
      500);
  EXPECT_EQ(StatusOf(Call(emulator.port(), "GET", "/api/Videos/" + video.id + "/Status")), 200);
  EXPECT_THAT(emulator.StopAndReadLog(), HasSubstr(log + " was removed"));
}

TEST_F(DiskErrors, ALockThatLostItsContentsLeavesTheFolderUsable) {
  CreatedVideo video;
  {
    EmulatorProcess emulator(EmulatorCommand(Flags()));
    video = CreateVideo(emulator.port());
    ASSERT_EQ(Client(emulator, video).PutBlob("blob", bytes_).status, 201);
    emulator.StopAndReadLog();
  }
  std::filesystem::resize_file(folder_.path() + "/lock", 0);

  EmulatorProcess again(EmulatorCommand(Flags()));

  EXPECT_EQ(Client(again, video).GetBlob("blob").body, bytes_);
}

TEST_F(DiskErrors, BytesThatWereOverwrittenAreA500AndTheLogNamesTheBlob) {
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  ASSERT_EQ(Client(emulator, video).PutBlob("blob", bytes_).status, 201);
  std::fstream(BytesFile(), std::ios::in | std::ios::out).seekp(1'000'000) << "other bytes";

  const auto answer = Client(emulator, video).GetBlob("blob");

  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, HasSubstr("<Code>InternalError</Code>"));
  EXPECT_THAT(emulator.StopAndReadLog(),
              AllOf(HasSubstr("/blob were changed by somebody else"), HasSubstr(BytesFile())));
}

TEST_F(DiskErrors, ALargeBodyWithOverwrittenBytesIsCutOff) {
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  ASSERT_EQ(Client(emulator, video).PutBlob("blob", std::string(9'000'000, 'b')).status, 201);
  std::fstream(BytesFile(), std::ios::in | std::ios::out).seekp(1'000'000) << "other bytes";

  EXPECT_EQ(Client(emulator, video).GetBlob("blob").status, 0);

  EXPECT_THAT(emulator.StopAndReadLog(), HasSubstr("/blob were changed by somebody else"));
}

TEST_F(DiskErrors, AFileThatIsCutDuringAnUploadIsA500) {
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  RawClient client(emulator.port());
  client.Send("PUT " + video.upload_target +
              " HTTP/1.1\r\nHost: localhost\r\nx-ms-blob-type: BlockBlob\r\n"
              "Expect: 100-continue\r\nContent-Length: 3000000\r\n\r\n");
  ASSERT_EQ(StatusLine(client.ReadLine().value()), "HTTP/1.1 100 Continue");
  ASSERT_EQ(client.ReadLine(), "");
  client.Send(bytes_.substr(0, 2'000'000));
  while (std::filesystem::file_size(BytesFile()) < 1'000'000) std::this_thread::yield();

  std::filesystem::resize_file(BytesFile(), 0);

  EXPECT_EQ(StatusOf(client.Ask(bytes_.substr(2'000'000))), 500);
  EXPECT_THAT(emulator.StopAndReadLog(), HasSubstr(BytesFile() + " was cut off"));
}

TEST_F(DiskErrors, WhatIsMadeIsForItsUserAlone) {
  const std::string data = folder_.path() + "/made/data";
  EmulatorProcess emulator(
      {"sh", "-c", "umask 0 && exec \"$0\" --port 0 --data \"$1\"", EmulatorProgram(), data});
  ASSERT_EQ(Client(emulator, CreateVideo(emulator.port())).PutBlob("blob", "x").status, 201);

  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(folder_.path() + "/made").permissions(), perms::owner_all);
  EXPECT_EQ(std::filesystem::status(data).permissions(), perms::owner_all);
  for (const auto& file : std::filesystem::directory_iterator(data)) {
    EXPECT_EQ(file.status().permissions(), perms::owner_read | perms::owner_write) << file.path();
  }
}

std::string Export(int port) {
  RawClient client(port);
  client.Send("GET /__admin/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return BodyOf(client.ReadToEnd().value());
}

std::string Import(int port, const std::string& archive) {
  return Call(port, "PUT", "/__admin/state", archive, "Content-Type: application/x-tar\r\n");
}

std::string Post(int port, const std::string& target) {
  return Call(port, "POST", target, "", "Content-Type: application/json\r\n");
}

// Records of some 3 MiB: block lists in which one block stands again and again.
void FillRecords(BlobClient client) {
  const std::vector<std::string> ids(50'000, "QUFB");
  for (const char* blob : {"one", "two"}) {
    ASSERT_EQ(client.PutBlock(blob, "QUFB", "x").status, 201);
    ASSERT_EQ(client.PutBlockList(blob, ids).status, 201);
  }
}

class FullDisk : public DiskErrors {
 protected:
  static constexpr rlim_t kLimit = 2 << 20;  // Bytes of a file.

  // From now on, no file of the emulator grows beyond `bytes`.
  static void LimitFiles(const EmulatorProcess& emulator, rlim_t bytes) {
    const auto& ready = emulator.ready();
    const auto pid = static_cast<pid_t>(std::stol(ready.substr(ready.find("\"pid\":") + 6)));
    const rlimit limit{.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};
    ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &limit, nullptr), 0);
  }
};

TEST_F(FullDisk, LeavesTheOldStateOfARestoreAndTheAnswerSaysWhy) {
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  FillRecords(Client(emulator, video));
  ASSERT_EQ(StatusOf(Post(emulator.port(), "/__admin/snapshots/big")), 201);
  ASSERT_EQ(Client(emulator, video).PutBlob("one", "new").status, 201);
  LimitFiles(emulator, kLimit);

  const auto answer = Post(emulator.port(), "/__admin/snapshots/big/restore");

  EXPECT_EQ(StatusOf(answer), 500);
  EXPECT_THAT(answer, AllOf(HasSubstr(folder_.path() + "/emulator.db"), HasSubstr("too large")));
  EXPECT_EQ(Client(emulator, video).GetBlob("one").body, "new");
  LimitFiles(emulator, RLIM_INFINITY);
  EXPECT_EQ(StatusOf(Post(emulator.port(), "/__admin/snapshots/big/restore")), 200);
  EXPECT_EQ(Client(emulator, video).GetBlob("one").body, std::string(50'000, 'x'));
}

TEST_F(FullDisk, LeavesTheOldStateOfAnImportAndTheAnswerSaysWhy) {
  EmulatorProcess source(EmulatorCommand({"--upload-permissions", "racwdl"}));
  FillRecords(Client(source, CreateVideo(source.port())));
  const auto archive = Export(source.port());
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  ASSERT_EQ(Client(emulator, video).PutBlob("old", "old").status, 201);
  LimitFiles(emulator, kLimit);

  const auto answer = Import(emulator.port(), archive);

  EXPECT_EQ(StatusOf(answer), 500);
  EXPECT_THAT(answer, AllOf(HasSubstr(folder_.path() + "/emulator.db"), HasSubstr("too large")));
  EXPECT_EQ(Client(emulator, video).GetBlob("old").body, "old");
  EXPECT_EQ(Client(emulator, video).PutBlob("more", "more").status, 201);
}

TEST_F(FullDisk, LeavesTheOldStateIfItIsTheImportsBytesThatHaveNoRoom) {
  EmulatorProcess source(EmulatorCommand({"--upload-permissions", "racwdl"}));
  ASSERT_EQ(Client(source, CreateVideo(source.port())).PutBlob("new", bytes_).status, 201);
  EmulatorProcess emulator(EmulatorCommand(Flags()));
  const auto video = CreateVideo(emulator.port());
  ASSERT_EQ(Client(emulator, video).PutBlob("old", bytes_).status, 201);
  LimitFiles(emulator, kLimit);

  const auto answer = Import(emulator.port(), Export(source.port()));

  EXPECT_EQ(StatusOf(answer), 500);
  EXPECT_THAT(answer, AllOf(HasSubstr(BytesFile()), HasSubstr("too large")));
  EXPECT_EQ(Client(emulator, video).GetBlob("old").body, bytes_);
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

// A folder with one blob, after a kill: all records are in the log.
class LostLog : public DiskErrors {
 protected:
  LostLog() {
    EmulatorProcess emulator(EmulatorCommand(Flags()));
    video_ = CreateVideo(emulator.port());
    EXPECT_EQ(Client(emulator, video_).PutBlob("blob", "bytes").status, 201);
    emulator.process().Signal(SIGKILL);
    emulator.process().Wait();
  }

  std::map<std::string, std::string> Files() const {
    std::map<std::string, std::string> files;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
      std::ostringstream bytes;
      bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
      files[file.path().filename()] = bytes.str();
    }
    return files;
  }

  void ExpectRejected() const {
    const auto before = Files();
    const auto ended = RunToEnd(EmulatorCommand(Flags()));
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.errors, HasSubstr("its log emulator.db-wal is missing or damaged"));
    EXPECT_TRUE(Files() == before);
  }

  const std::string log_ = folder_.path() + "/emulator.db-wal";
  CreatedVideo video_;
};

TEST_F(LostLog, StopsTheNextStart) {
  std::filesystem::remove(log_);
  ExpectRejected();
}

TEST_F(LostLog, StopsTheNextStartAlsoIfTheLockLostItsContents) {
  std::filesystem::remove(log_);
  std::filesystem::resize_file(folder_.path() + "/lock", 0);
  ExpectRejected();
}

TEST_F(LostLog, CountsAsLostIfItIsEmptyOrCutOrDamagedEarly) {
  const auto log = Files()["emulator.db-wal"];
  for (const std::size_t at : {0U, 20U, 40U, 1000U, 4200U, 8300U}) {
    std::ofstream(log_) << log;
    std::fstream(log_, std::ios::in | std::ios::out).seekp(static_cast<std::streamoff>(at)) << "!?";
    ExpectRejected();
    std::ofstream(log_) << log.substr(0, at);
    ExpectRejected();
  }
}

TEST_F(LostLog, CanBeRestored) {
  const std::string kept = folder_.path() + ".kept";
  std::filesystem::rename(log_, kept);
  ExpectRejected();
  std::filesystem::rename(kept, log_);

  EmulatorProcess again(EmulatorCommand(Flags()));

  EXPECT_EQ(Client(again, video_).GetBlob("blob").body, "bytes");
}

// As a process leaves it that is killed in its first start: a header without tables, and no bytes.
TEST_F(LostLog, IsNoneIfTheFolderWasNotUsedYet) {
  std::filesystem::remove(log_);
  std::filesystem::resize_file(folder_.path() + "/lock", 0);
  std::filesystem::resize_file(BytesFile(), 0);

  EmulatorProcess again(EmulatorCommand(Flags()));

  EXPECT_EQ(Client(again, CreateVideo(again.port())).PutBlob("blob", "x").status, 201);
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
