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
  const auto count = [&](const std::string& file, const std::string& table) {
    sqlite3* database = nullptr;
    sqlite3_open((folder.path() + '/' + file).c_str(), &database);
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, ("SELECT count(*) FROM " + table).c_str(), -1, &statement,
                       nullptr);
    sqlite3_step(statement);
    const int rows = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return rows;
  };
  EXPECT_GT(count("videos.db", "video"), 0);
  EXPECT_EQ(count("storage.db", "container"), count("videos.db", "video"));
  EXPECT_EQ(count("storage.db", "policy"), count("videos.db", "video WHERE state = 0"));
  EXPECT_EQ(count("keys.db", "content_key"), count("videos.db", "video WHERE key_id IS NOT NULL"));
}

class BadFolders : public ::testing::TestWithParam<std::string> {
 protected:
  // Starts on a copy of good records of which `file` has been replaced by `contents`.
  Ended StartWith(const std::string& contents) {
    {
      EmulatorProcess child(EmulatorCommand({"--data", folder_.path()}));
      CreateVideo(child.port());
      child.process().Signal(SIGTERM);
      child.process().Wait();
    }
    file_ = folder_.path() + '/' + GetParam();
    EXPECT_TRUE(std::filesystem::exists(file_));
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << contents;
    return RunToEnd(EmulatorCommand({"--data", folder_.path()}));
  }

  const ScratchFolder folder_;
  std::string file_;
};

TEST_P(BadFolders, AreRefusedAndLeftAlone) {
  const std::string garbage(10'000, 'g');

  const auto ended = StartWith(garbage);

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr(file_));
  EXPECT_EQ(Contents(file_), garbage);
}

TEST_P(BadFolders, AreRefusedWhenAFileIsEmpty) {
  const auto bytes = folder_.path() + "/blobs.bytes";

  const auto ended = StartWith("");

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr(GetParam()));
  EXPECT_TRUE(std::filesystem::exists(bytes));
}

INSTANTIATE_TEST_SUITE_P(Databases, BadFolders,
                         ::testing::Values("videos.db", "storage.db", "keys.db"));

TEST(Records, NeedAFolderThatCanBeWritten) {
  const auto ended = RunToEnd(EmulatorCommand({"--data", "/proc/no-such-folder"}));

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("/proc/no-such-folder"));
}

}  // namespace
}  // namespace msc
