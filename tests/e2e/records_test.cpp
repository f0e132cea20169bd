#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::HasSubstr;

std::string Contents(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

TEST(Records, SurviveAKill) {
  const ScratchFolder folder;
  CreatedVideo video;
  {
    EmulatorProcess child(EmulatorCommand({"--data", folder.path()}));
    video = CreateVideo(child.port());
    ASSERT_EQ(Upload(child.port(), video, std::string(3'000'000, 'k')), 201);
    child.process().Signal(SIGKILL);
    EXPECT_EQ(child.process().Wait(), -SIGKILL);
  }

  EmulatorProcess again(EmulatorCommand({"--data", folder.path()}));

  EXPECT_EQ(BodyOf(Call(again.port(), "GET", video.upload_target)), std::string(3'000'000, 'k'));
}

// Creates, marks and deletes videos until the emulator is gone.
void KeepBusy(int port) {
  try {
    for (;;) {
      const auto kept = CreateVideo(port, ",\"ContentProtectionMode\":\"AES128\"");
      MarkComplete(port, kept);
      const auto gone = CreateVideo(port);
      Call(port, "DELETE", "/api/Videos/" + gone.id);
    }
  } catch (const std::exception&) {
  }
}

TEST(Records, AgreeAfterAKillAtAnyInstant) {
  const ScratchFolder folder;
  for (int round = 0; round < 8; ++round) {
    EmulatorProcess child(EmulatorCommand({"--data", folder.path(), "--log-level", "error"}));
    std::thread busy(KeepBusy, child.port());
    for (int polls = 0; polls < 5 * round; ++polls) Call(child.port(), "GET", "/__admin/ready");
    child.process().Signal(SIGKILL);
    child.process().Wait();
    busy.join();
  }

  EmulatorProcess last(EmulatorCommand({"--data", folder.path()}));
  last.process().Signal(SIGTERM);
  last.process().Wait();
  const auto count = [&](const std::string& table) {
    sqlite3* database = nullptr;
    sqlite3_open((folder.path() + "/emulator.db").c_str(), &database);
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, ("SELECT count(*) FROM " + table).c_str(), -1, &statement,
                       nullptr);
    sqlite3_step(statement);
    const int rows = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return rows;
  };
  EXPECT_GT(count("video"), 0);
  EXPECT_EQ(count("container"), count("video"));
  EXPECT_EQ(count("policy"), count("video WHERE state = 0"));
  EXPECT_EQ(count("content_key"), count("video WHERE key_id IS NOT NULL"));
}

class BadFolders : public ::testing::Test {
 protected:
  // Starts on a copy of good records that have been replaced by `contents`.
  Ended StartWith(const std::string& contents) const {
    {
      EmulatorProcess child(EmulatorCommand({"--data", folder_.path()}));
      CreateVideo(child.port());
      child.process().Signal(SIGTERM);
      child.process().Wait();
    }
    EXPECT_TRUE(std::filesystem::exists(file_));
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << contents;
    return RunToEnd(EmulatorCommand({"--data", folder_.path()}));
  }

  const ScratchFolder folder_;
  const std::string file_ = folder_.path() + "/emulator.db";
};

TEST_F(BadFolders, AreRefusedAndLeftAlone) {
  const std::string garbage(10'000, 'g');

  const auto ended = StartWith(garbage);

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr(file_));
  EXPECT_EQ(Contents(file_), garbage);
}

TEST_F(BadFolders, AreRefusedWhenTheRecordsAreEmpty) {
  const auto ended = StartWith("");

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("emulator.db"));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/blobs.bytes"));
}

TEST(Records, NeedAFolderThatCanBeWritten) {
  const auto ended = RunToEnd(EmulatorCommand({"--data", "/proc/no-such-folder"}));

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("/proc/no-such-folder"));
}

}  // namespace
}  // namespace msc
