#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "tests/support/child_process.h"
#include "tests/support/emulator_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/videos_client.h"

namespace msc {
namespace {

using namespace msc::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;

// A data folder of an earlier version, from fixtures/data/.
class OldData : public ::testing::TestWithParam<std::filesystem::path> {
 protected:
  OldData() {
    ChildProcess tar({"tar", "-xzf", GetParam().string(), "-C", scratch_.path(),
                      "--strip-components=1", "--one-top-level=data"});
    EXPECT_EQ(tar.Wait(), 0);
  }

  std::vector<std::string> Command() const {
    return EmulatorCommand({"--data", folder_, "--clock", "frozen=2024-06-30T12:10:00Z"});
  }

  const ScratchFolder scratch_;
  const std::string folder_ = scratch_.path() + "/data";
};

std::vector<std::filesystem::path> OldDataFiles() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(MSC_FIXTURES "/data")) {
    if (entry.path().extension() == ".gz") files.push_back(entry.path());
  }
  return files;
}

TEST_P(OldData, IsOpenedWithAllVideos) {
  EmulatorProcess child(Command());

  const auto videos = BodyOf(Call(child.port(), "GET", "/__admin/videos"));
  EXPECT_THAT(videos, AllOf(HasSubstr(R"("state":"Completed")"), HasSubstr(R"("bytes":14)"),
                            HasSubstr(R"("state":"Pending")"), HasSubstr("AES128")));
}

TEST_P(OldData, TakesNewVideos) {
  EmulatorProcess child(Command());

  const auto video = CreateVideo(child.port());

  EXPECT_EQ(Upload(child.port(), video, "new"), 201);
  EXPECT_EQ(BodyOf(Call(child.port(), "GET", video.upload_target)), "new");
}

TEST_P(OldData, IsRefusedWithAdviceIfItIsOfANewerVersion) {
  sqlite3* database = nullptr;
  sqlite3_open((folder_ + "/emulator.db").c_str(), &database);
  ASSERT_EQ(sqlite3_exec(database, "UPDATE schema_version SET version = version + 100", nullptr,
                         nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(database);

  const auto ended = RunToEnd(Command());

  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, AllOf(HasSubstr("newer version"), HasSubstr("choose another folder")));
}

INSTANTIATE_TEST_SUITE_P(Versions, OldData, ::testing::ValuesIn(OldDataFiles()),
                         [](const auto& version) {
                           auto name = version.param.filename().string();
                           std::erase_if(name, [](char c) { return !std::isalnum(c); });
                           return name;
                         });

}  // namespace
}  // namespace msc
