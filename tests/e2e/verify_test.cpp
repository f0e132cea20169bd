// msc-emulator verify.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

#include "tests/support/blob_client.h"
#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

// A folder with one video and two blobs, one of which has a block that waits for a list.
class VerifyFolderTest : public ::testing::Test {
 protected:
  VerifyFolderTest() {
    EmulatorProcess emulator(EmulatorCommand({"--data", data_}));
    video_ = CreateVideo(emulator.port(), R"(,"ContentProtectionMode":"AES128")");
    BlobClient client(emulator.port(), video_.upload_target);
    EXPECT_EQ(client.PutBlob("whole", std::string(100'000, 'w')).status, 201);
    EXPECT_EQ(client.PutBlock("blocks", "QUFB", "first").status, 201);
    EXPECT_EQ(client.PutBlockList("blocks", {"QUFB", "QUFB"}).status, 201);
    EXPECT_EQ(client.PutBlock("blocks", "QkJC", "waiting").status, 201);
    emulator.process().Signal(SIGKILL);
    emulator.process().Wait();
  }

  Ended Verify() const { return RunToEnd({EmulatorProgram(), "verify", "--data", data_}); }

  std::string InContainer(const std::string& blob) const {
    const auto path = video_.upload_target.substr(1, video_.upload_target.find('?'));
    return path.substr(0, path.rfind('/') + 1) + blob;
  }

  // Runs `sql` on the records, without the checks that it would not pass.
  void Change(const std::string& sql) const {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((data_ + "/emulator.db").c_str(), &database), SQLITE_OK);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> owner(database, sqlite3_close);
    const auto all = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; " + sql;
    ASSERT_EQ(sqlite3_exec(database, all.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  }

  // The names, contents and times of all files.
  std::map<std::string, std::pair<std::string, std::filesystem::file_time_type>> Files() const {
    std::map<std::string, std::pair<std::string, std::filesystem::file_time_type>> files;
    for (const auto& file : std::filesystem::directory_iterator(data_)) {
      std::ifstream bytes(file.path(), std::ios::binary);
      files[file.path().filename()] = {std::string(std::istreambuf_iterator<char>(bytes), {}),
                                       file.last_write_time()};
    }
    return files;
  }

  void ExpectProblem(const std::string& line) const {
    const auto ended = Verify();
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.output, AllOf(HasSubstr(line), EndsWith("problem\n")));
  }

  const ScratchFolder folder_;
  const std::string data_ = folder_.path() + "/data";
  CreatedVideo video_;
};

TEST_F(VerifyFolderTest, ASoundFolderStaysAsItIs) {
  const auto before = Files();

  const auto ended = Verify();

  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(ended.output, data_ +
                              ": 1 video, 1 container, 2 blobs, 4 blocks with 100012 bytes; "
                              "no problems\n");
  EXPECT_EQ(Files(), before);
}

TEST_F(VerifyFolderTest, AcceptsServicePropertiesOfAnAccountWithoutContainers) {
  Change(
      "INSERT INTO service_property (account, name, xml)"
      " SELECT account, 'Cors', '<Cors/>' FROM container;"
      " DELETE FROM policy; DELETE FROM uncommitted_block; DELETE FROM committed_block;"
      " DELETE FROM blob; DELETE FROM container");

  const auto ended = Verify();

  EXPECT_EQ(ended.code, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("0 containers"));
}

TEST_F(VerifyFolderTest, NamesTheBlobWhoseBytesWereChanged) {
  std::fstream(data_ + "/blobs.bytes", std::ios::in | std::ios::out).seekp(50'000) << "x";

  ExpectProblem(InContainer("whole") + ": a block at 0 of " + data_ +
                "/blobs.bytes, 100000 bytes: its bytes are not those that were written\n");
}

TEST_F(VerifyFolderTest, NamesBlobsBeyondTheEndOfTheFileOnce) {
  std::filesystem::resize_file(data_ + "/blobs.bytes", 100'000);

  const auto ended = Verify();

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr(InContainer("blocks") + ": a block at "),
                    HasSubstr(InContainer("blocks") + ": a block that waits for its list at "),
                    HasSubstr("beyond the end"), EndsWith("; 2 problems\n")));
}

TEST_F(VerifyFolderTest, NamesBlocksThatOverlap) {
  Change("UPDATE uncommitted_block SET offset = (SELECT max(offset) FROM committed_block) + 1");

  const auto ended = Verify();

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, HasSubstr("overlap those of another block"));
}

TEST_F(VerifyFolderTest, NamesABlobThatIsNotItsBlocks) {
  Change("UPDATE blob SET size = size + 1 WHERE name = 'whole'");
  ExpectProblem(InContainer("whole") + ": its blocks do not add up to its size\n");
}

TEST_F(VerifyFolderTest, NamesAGapBetweenBlocks) {
  Change("UPDATE committed_block SET start = start + 1 WHERE start > 0");
  ExpectProblem(InContainer("blocks") + ": its blocks do not add up to its size\n");
}

TEST_F(VerifyFolderTest, NamesAVideoWithoutItsKey) {
  Change("DELETE FROM content_key");
  ExpectProblem("table video, key '" + video_.id +
                "', column key_id: its value does not fit the others; it must be the id of a "
                "content key");
}

TEST_F(VerifyFolderTest, NamesABadRowBesideABlobThatIsNotItsBlocks) {
  Change("DELETE FROM content_key; UPDATE blob SET size = size + 1 WHERE name = 'whole'");

  const auto ended = Verify();

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr(InContainer("whole") + ": its blocks do not add up to its size\n"),
                    HasSubstr("the records: table video, key '" + video_.id + "'"),
                    EndsWith("; 2 problems\n")));
}

TEST_F(VerifyFolderTest, FindsRowsThatReferToNothing) {
  Change("DELETE FROM container");

  EXPECT_THAT(Verify().output, HasSubstr("the database: a row of the table blob refers to one of "
                                         "container that is not there\n"));
}

TEST_F(VerifyFolderTest, NamesTheDatabaseThatIsNone) {
  std::ofstream(data_ + "/emulator.db") << "nothing";
  std::filesystem::remove(data_ + "/emulator.db-wal");
  ExpectProblem(data_ + "/emulator.db: ");
}

TEST_F(VerifyFolderTest, NamesALogThatIsMissingOrDamaged) {
  const std::string log = data_ + "/emulator.db-wal";
  std::fstream(log, std::ios::in | std::ios::out).seekp(0) << "damaged";
  const auto before = Files();
  ExpectProblem(data_ + "/emulator.db: its log emulator.db-wal is missing or damaged");
  EXPECT_EQ(Files(), before);

  std::filesystem::remove(log);
  ExpectProblem(data_ + "/emulator.db: its log emulator.db-wal is missing or damaged");
}

TEST_F(VerifyFolderTest, NamesADatabaseThatIsEmpty) {
  std::filesystem::resize_file(data_ + "/emulator.db", 0);
  ExpectProblem(data_ + "/emulator.db: it is empty, though the folder was in use");
}

TEST_F(VerifyFolderTest, NamesFilesThatAreMissing) {
  std::filesystem::remove(data_ + "/emulator.db");
  ExpectProblem(data_ + "/emulator.db: it is missing\n");
}

TEST_F(VerifyFolderTest, NamesALockThatLostItsContents) {
  std::filesystem::resize_file(data_ + "/lock", 0);
  ExpectProblem(data_ + "/lock: it has lost its contents");
}

TEST_F(VerifyFolderTest, LeavesAFolderInUseAlone) {
  EmulatorProcess emulator(EmulatorCommand({"--data", data_}));

  const auto ended = Verify();

  EXPECT_EQ(ended.code, 3);
  EXPECT_EQ(ended.output, "");
  EXPECT_THAT(ended.errors, HasSubstr(data_ + "/lock is held by another process"));
}

TEST(VerifyCommand, NeedsAFolder) {
  const std::string program = EmulatorProgram();

  EXPECT_EQ(RunToEnd({program, "verify"}).code, 2);
  EXPECT_EQ(RunToEnd({program, "verify", "--data", ""}).code, 2);
  EXPECT_EQ(RunToEnd({program, "verify", "--data", "/no/such/folder"}).code, 2);
}

TEST(VerifyCommand, HasAHelpOfItsOwn) {
  const auto ended = RunToEnd({EmulatorProgram(), "verify", "--help"});

  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.output, AllOf(HasSubstr("without changing it"), Not(HasSubstr("--port"))));
}

}  // namespace
}  // namespace msc
