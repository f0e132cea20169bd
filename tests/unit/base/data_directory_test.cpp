#include "emulator/base/data_directory.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "tests/unit/base/temporary_folder.h"

namespace msc {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;
using ::testing::ThrowsMessage;

TEST(DataDirectory, MakesTheFolderWithItsParents) {
  const TemporaryFolder folder;

  const DataDirectory owner(folder.File("a/b/c"));

  EXPECT_TRUE(std::filesystem::is_directory(folder.File("a/b/c")));
}

TEST(DataDirectory, EmptyPathOwnsNothing) {
  const DataDirectory first(""), second("");

  EXPECT_EQ(first.generation(), 0u);
  EXPECT_EQ(second.generation(), 0u);
}

TEST(DataDirectory, CountsItsGenerations) {
  const TemporaryFolder folder;

  for (std::uint64_t expected = 0; expected < 12; ++expected) {
    DataDirectory owner(folder.path());
    EXPECT_EQ(owner.generation(), expected);
    owner.MarkUsed();
  }
}

TEST(DataDirectory, RefusesASecondOwnerAndNamesTheFirst) {
  const TemporaryFolder folder;
  DataDirectory owner(folder.path());
  owner.MarkUsed();

  EXPECT_THAT([&] { DataDirectory second(folder.path()); },
              ThrowsMessage<std::runtime_error>(HasSubstr("another emulator uses it (process " +
                                                          std::to_string(::getpid()) + ")")));
}

TEST(DataDirectory, RefusedOwnerLeavesTheFirstInPlace) {
  const TemporaryFolder folder;
  const DataDirectory owner(folder.path());
  EXPECT_THROW(DataDirectory(folder.path()), std::runtime_error);

  EXPECT_THROW(DataDirectory(folder.path()), std::runtime_error);
}

TEST(DataDirectory, IsFreeWhenItsOwnerIsGone) {
  const TemporaryFolder folder;
  { const DataDirectory owner(folder.path()); }

  EXPECT_NO_THROW(DataDirectory(folder.path()));
}

TEST(DataDirectory, BeginsAnewOnALockFileThatSaysNothing) {
  const TemporaryFolder folder;
  testing::WriteFile(folder.File("lock"), std::string(1'000, '\xFF'));

  EXPECT_EQ(DataDirectory(folder.path()).generation(), 0u);
}

TEST(DataDirectory, DoesNotCountAStartThatFailed) {
  const testing::TemporaryFolder folder;
  { const DataDirectory failed(folder.path()); }

  EXPECT_EQ(DataDirectory(folder.path()).generation(), 0u);
}

// A folder in use, or one that was never, with `records.db` and `bytes` of these contents; "-":
// missing.
struct FolderCase {
  std::string name;
  bool is_used;
  std::string records;
  std::string bytes;
  bool is_accepted;
};

class DataDirectoryFiles : public ::testing::TestWithParam<FolderCase> {};

TEST_P(DataDirectoryFiles, AreThereOrTheFolderIsLeftAlone) {
  const auto& row = GetParam();
  const testing::TemporaryFolder folder;
  if (row.is_used) DataDirectory(folder.path()).MarkUsed();
  if (row.records != "-") testing::WriteFile(folder.File("records.db"), row.records);
  if (row.bytes != "-") testing::WriteFile(folder.File("bytes"), row.bytes);

  const auto open = [&] { DataDirectory owner(folder.path(), {"records.db", "bytes"}); };

  if (row.is_accepted) {
    EXPECT_NO_THROW(open());
  } else {
    EXPECT_THROW(open(), std::runtime_error);
  }
}

INSTANTIATE_TEST_SUITE_P(All, DataDirectoryFiles,
                         ::testing::Values(FolderCase{"New", false, "-", "-", true},
                                           FolderCase{"BegunAndKilled", false, "", "", true},
                                           FolderCase{"OfAStranger", false, "-", "theirs", false},
                                           FolderCase{"Used", true, "rows", "", true},
                                           FolderCase{"WithoutRecords", true, "-", "ours", false},
                                           FolderCase{"WithEmptyRecords", true, "", "ours", false},
                                           FolderCase{"WithoutBytes", true, "rows", "-", false}),
                         [](const auto& row) { return row.param.name; });

TEST(DataDirectory, HasContentsOnceItWasUsedOrThereAreBytes) {
  const testing::TemporaryFolder folder;
  const auto has_contents = [&] {
    return DataDirectory(folder.path(), {"records.db", "bytes"}).has_contents();
  };
  testing::WriteFile(folder.File("records.db"), "SQLite format 3");
  testing::WriteFile(folder.File("bytes"), "");
  EXPECT_FALSE(has_contents());

  testing::WriteFile(folder.File("bytes"), "ours");
  EXPECT_TRUE(has_contents());

  testing::WriteFile(folder.File("bytes"), "");
  DataDirectory(folder.path()).MarkUsed();
  EXPECT_TRUE(has_contents());
}

constexpr const char* kDatabaseBegin = "SQLite format 3";

// A folder that was used five times.
class LostLock : public ::testing::TestWithParam<std::string> {
 protected:
  LostLock() {
    for (int i = 0; i < 5; ++i) DataDirectory(folder_.path()).MarkUsed();
    testing::WriteFile(folder_.File("lock"), GetParam());
  }

  void Open() const { DataDirectory owner(folder_.path(), {"records.db", "bytes"}); }

  const TemporaryFolder folder_;
};

TEST_P(LostLock, LeavesAFolderWithADatabaseUsable) {
  testing::WriteFile(folder_.File("records.db"), kDatabaseBegin);
  testing::WriteFile(folder_.File("bytes"), "ours");

  DataDirectory owner(folder_.path(), {"records.db", "bytes"});

  EXPECT_GT(owner.generation(), 5u);
}

TEST_P(LostLock, IsCountedOnFrom) {
  testing::WriteFile(folder_.File("records.db"), kDatabaseBegin);
  std::uint64_t lost = 0;
  {
    DataDirectory owner(folder_.path(), {"records.db", "bytes"});
    lost = owner.generation();
    owner.MarkUsed();
  }
  testing::WriteFile(folder_.File("bytes"), "");

  EXPECT_EQ(DataDirectory(folder_.path(), {"records.db", "bytes"}).generation(), lost + 1);
}

TEST_P(LostLock, IsNotBlamedOnTheBytesIfTheDatabaseIsMissing) {
  testing::WriteFile(folder_.File("bytes"), "whose?");

  EXPECT_THAT([&] { Open(); },
              ThrowsMessage<std::runtime_error>(HasSubstr("no database that it belongs to")));
}

INSTANTIATE_TEST_SUITE_P(All, LostLock,
                         ::testing::Values("", "8", "812", "812 ", "812 1", "\n\n",
                                           std::string(100, '\0')));

TEST(DataDirectory, NamesALockThatCannotBeOpened) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.File("lock"));

  EXPECT_THAT([&] { DataDirectory owner(folder.path()); },
              ThrowsMessage<std::runtime_error>(HasSubstr("its file lock: ")));
}

TEST(DataDirectory, IsForItsUserAloneWhateverTheMaskSays) {
  const TemporaryFolder folder;
  const auto mask = ::umask(0);
  const DataDirectory owner(folder.File("a/b"));
  ::umask(mask);

  using std::filesystem::perms;
  for (const char* made : {"a", "a/b"}) {
    EXPECT_EQ(std::filesystem::status(folder.File(made)).permissions(), perms::owner_all) << made;
  }
  EXPECT_EQ(std::filesystem::status(folder.File("a/b/lock")).permissions(),
            perms::owner_read | perms::owner_write);
}

TEST(DataDirectory, RefusesAPathThroughAFile) {
  const TemporaryFolder folder;
  testing::WriteFile(folder.File("file"), "");

  EXPECT_THAT([&] { DataDirectory owner(folder.File("file/below")); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("cannot use the data folder " + folder.File("file/below"))));
}

TEST(DataDirectory, RefusesAFile) {
  const TemporaryFolder folder;
  testing::WriteFile(folder.File("file"), "content");

  EXPECT_THROW(DataDirectory(folder.File("file")), std::runtime_error);
  EXPECT_EQ(testing::ReadFile(folder.File("file")), "content");
}

TEST(DataDirectory, RefusesAFolderThatCannotBeMade) {
  EXPECT_THROW(DataDirectory("/proc/self/data"), std::runtime_error);
}

}  // namespace
}  // namespace msc
