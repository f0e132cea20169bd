#include "emulator/sqlite/tracked_log.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "tests/unit/base/temporary_folder.h"

namespace msc::sqlite {
namespace {

using Connection = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

class TrackedLogTest : public ::testing::Test {
 protected:
  TrackedLogTest() {
    Run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE note (text "
        "TEXT)");
    log()->Acknowledge();
  }

  static Connection Open(const std::string& path) {
    sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    EXPECT_EQ(sqlite3_open_v2(path.c_str(), &opened, flags, TrackedLog::FileSystem()), SQLITE_OK);
    return {opened, sqlite3_close};
  }

  void Run(const char* sql) {
    ASSERT_EQ(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr), SQLITE_OK);
  }

  TrackedLog* log() { return TrackedLog::Of(database_.get()); }

  // How many notes a process would find that started now.
  int NotesOfTheNextProcess() {
    const testing::TemporaryFolder copy;
    for (const std::string file : {"test.db", "test.db-wal"}) {
      std::filesystem::copy_file(folder_.File(file), copy.File(file));
    }
    const auto next = Open(copy.File("test.db"));
    int notes = -1;
    const auto read = [](void* into, int, char** columns, char**) {
      *static_cast<int*>(into) = std::stoi(columns[0]);
      return 0;
    };
    sqlite3_exec(next.get(), "SELECT count(*) FROM note", read, &notes, nullptr);
    return notes;
  }

  const testing::TemporaryFolder folder_;
  const Connection database_ = Open(folder_.File("test.db"));
};

TEST_F(TrackedLogTest, TakesBackWhatWasWrittenSinceTheLastCommit) {
  Run("INSERT INTO note VALUES ('acknowledged')");
  log()->Acknowledge();
  Run("INSERT INTO note VALUES ('refused')");
  ASSERT_EQ(NotesOfTheNextProcess(), 2);

  EXPECT_TRUE(log()->TakeBack(true));

  EXPECT_EQ(NotesOfTheNextProcess(), 1);
}

TEST_F(TrackedLogTest, TakesBackALogThatBeganAnew) {
  Run("INSERT INTO note VALUES ('acknowledged'); PRAGMA wal_checkpoint(RESTART)");
  log()->Acknowledge();
  Run("INSERT INTO note VALUES ('refused')");

  EXPECT_TRUE(log()->TakeBack(false));

  EXPECT_EQ(NotesOfTheNextProcess(), 1);
}

TEST_F(TrackedLogTest, TakesNothingBackAfterACommit) {
  Run("INSERT INTO note VALUES ('acknowledged')");
  log()->Acknowledge();

  EXPECT_TRUE(log()->TakeBack(true));

  EXPECT_EQ(NotesOfTheNextProcess(), 1);
}

TEST_F(TrackedLogTest, IsAbsentInMemory) {
  const auto memory = Open(":memory:");

  EXPECT_EQ(TrackedLog::Of(memory.get()), nullptr);
}

}  // namespace
}  // namespace msc::sqlite
