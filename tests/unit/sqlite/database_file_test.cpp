#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>

#include "tests/unit/base/temporary_folder.h"
#include "tests/unit/sqlite/one_subject.h"

namespace msc::sqlite {
namespace {

using ::testing::HasSubstr;
using testing::ReadFile;
using ::testing::ThrowsMessage;
using testing::WriteFile;

constexpr std::array<std::string_view, 2> kMigrations = {
    "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;",
    "ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody';"};
constexpr std::array<std::string_view, 2> kBrokenMigrations = {
    kMigrations[0], "CREATE TABLE more (id INTEGER) STRICT; CREATE TABLE note (id INTEGER);"};

constexpr std::string_view kInsert = "INSERT INTO note (text) VALUES (:text)";
constexpr std::string_view kSelect = "SELECT * FROM note ORDER BY id";
constexpr std::string_view kCountMore = "SELECT count(*) FROM sqlite_schema WHERE name = 'more'";

constexpr int kRefused = 7;
constexpr std::size_t kApplicationIdOffset = 68;  // In the header of a database file.

class DatabaseFileTest : public ::testing::Test {
 protected:
  std::span<const std::string_view> Versions(std::size_t count) const {
    return std::span(kMigrations).first(count);
  }

  void Make(std::size_t version, const std::string& text, int rows = 1) const {
    OneSubject database(path_, Versions(version));
    auto transaction = database.Write();
    for (int i = 0; i < rows; ++i) transaction.Prepare(kInsert).Bind(":text", text).Run();
    transaction.Commit();
  }

  // Opens the file, which must fail with `why` and change no byte.
  void ExpectRefused(const std::string& why, std::size_t version = 2) const {
    const std::string before = ReadFile(path_);

    EXPECT_THAT([&] { OneSubject database(path_, Versions(version)); },
                ThrowsMessage<std::runtime_error>(HasSubstr(why)));
    EXPECT_EQ(ReadFile(path_), before);
  }

  testing::TemporaryFolder folder_;
  const std::string path_ = folder_.File("test.db");
};

TEST_F(DatabaseFileTest, KeepsItsRows) {
  Make(2, "kept");

  OneSubject database(path_, kMigrations);
  auto transaction = database.Read();
  auto select = transaction.Prepare(kSelect);

  ASSERT_TRUE(select.Step());
  EXPECT_EQ(select.Text(1), "kept");
}

TEST_F(DatabaseFileTest, GoesOnFromTheVersionItHas) {
  Make(1, "old");

  OneSubject database(path_, kMigrations);
  auto transaction = database.Read();
  auto select = transaction.Prepare(kSelect);

  ASSERT_TRUE(select.Step());
  EXPECT_EQ(select.Text(1), "old");
  EXPECT_EQ(select.Text(2), "nobody");
}

TEST_F(DatabaseFileTest, FailedMigrationLeavesTheVersionBefore) {
  Make(1, "old");

  EXPECT_THROW(OneSubject(path_, kBrokenMigrations), std::runtime_error);

  OneSubject database(path_, Versions(1));
  auto transaction = database.Read();
  auto count = transaction.Prepare(kCountMore);
  ASSERT_TRUE(count.Step());
  EXPECT_EQ(count.Int(0), 0);
}

TEST_F(DatabaseFileTest, RefusesANewerVersion) {
  Make(2, "new");

  ExpectRefused("made by a newer version", 1);
}

TEST_F(DatabaseFileTest, CountsTheVersionsOfEachSubject) {
  constexpr std::array<std::string_view, 1> kOthers = {"CREATE TABLE other (id INTEGER) STRICT;"};
  Make(2, "kept");
  { Database(path_).Migrate("other", kOthers); }

  Database reopened(path_);

  EXPECT_NO_THROW(reopened.Migrate("other", kOthers));
  EXPECT_NO_THROW(reopened.Migrate("test", kMigrations));
  EXPECT_THROW(reopened.Migrate("test", Versions(1)), std::runtime_error);
}

TEST_F(DatabaseFileTest, NamesTheFileItRefuses) {
  Make(2, "new");

  ExpectRefused("cannot open the database " + path_, 1);
}

TEST_F(DatabaseFileTest, RefusesWhatIsNoDatabase) {
  WriteFile(path_, std::string(10'000, 'x'));

  ExpectRefused("not a database");
}

TEST_F(DatabaseFileTest, RefusesTheDatabaseOfAnotherProgram) {
  Make(1, "theirs");
  std::string bytes = ReadFile(path_);
  bytes.replace(kApplicationIdOffset, 4, "THEM");
  WriteFile(path_, bytes);

  ExpectRefused("belongs to another program");
}

// A process that was killed at once leaves that.
TEST_F(DatabaseFileTest, TakesAFileThatHasOnlyAHeader) {
  sqlite3* begun = nullptr;
  sqlite3_open(path_.c_str(), &begun);
  sqlite3_exec(begun, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
  sqlite3_close(begun);
  ASSERT_GT(std::filesystem::file_size(path_), 0u);

  EXPECT_NO_THROW(OneSubject(path_, kMigrations));
}

// A mapped file that cannot be backed ends the process with a signal.
TEST_F(DatabaseFileTest, MapsNoFile) {
  Make(2, "kept");
  OneSubject database(path_, kMigrations);
  auto transaction = database.Write();
  transaction.Prepare(kInsert).Bind(":text", "more").Run();
  transaction.Commit();

  EXPECT_TRUE(std::filesystem::exists(path_ + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(path_ + "-shm"));
}

TEST_F(DatabaseFileTest, RefusesATruncatedFile) {
  Make(2, std::string(1'000, 'x'), 100);
  WriteFile(path_, ReadFile(path_).substr(0, 20'000));

  ExpectRefused("cannot open the database");
}

TEST_F(DatabaseFileTest, DoesNotReadALargeFileWholeToOpenIt) {
  Make(2, std::string(1024 * 1024, 'x'), 70);
  std::string bytes = ReadFile(path_);
  std::fill_n(bytes.begin() + 32 * 1024 * 1024, 1024 * 1024, '\xFF');
  WriteFile(path_, bytes);

  EXPECT_NO_THROW(OneSubject database(path_, Versions(2)));
}

TEST_F(DatabaseFileTest, RefusesEveryFlippedPage) {
  constexpr std::size_t kPage = 4'096;
  Make(2, std::string(1'000, 'x'), 20);
  const std::string whole = ReadFile(path_);
  ASSERT_GT(whole.size(), 3 * kPage);

  for (std::size_t page = 0; page < whole.size() / kPage; ++page) {
    std::string flipped = whole;
    for (std::size_t at = page * kPage; at < (page + 1) * kPage; ++at) {
      flipped[at] = static_cast<char>(~flipped[at]);
    }
    WriteFile(path_, flipped);
    ExpectRefused("cannot open the database");
  }
}

TEST_F(DatabaseFileTest, RefusesAPathThatIsAFolder) {
  EXPECT_THROW(OneSubject(folder_.path(), kMigrations), std::runtime_error);
}

TEST_F(DatabaseFileTest, RefusesAFolderThatIsNotThere) {
  EXPECT_THROW(OneSubject(folder_.File("missing/test.db"), kMigrations), std::runtime_error);
}

// Opens the file as a user who is not root, and ends the process.
[[noreturn]] void OpenWithoutPrivileges(const std::string& path) {
  constexpr uid_t kNobody = 65534;
  if (::geteuid() == 0 && ::setuid(kNobody) != 0) ::_exit(1);
  try {
    OneSubject database(path, kMigrations);
  } catch (const std::runtime_error&) {
    ::_exit(kRefused);
  }
  ::_exit(0);
}

TEST_F(DatabaseFileTest, RefusesAWriteProtectedFile) {
  Make(2, "kept");
  const std::string before = ReadFile(path_);
  ::chmod(folder_.path().c_str(), 0777);
  ::chmod(path_.c_str(), 0444);

  EXPECT_EXIT(OpenWithoutPrivileges(path_), ::testing::ExitedWithCode(kRefused), "");
  EXPECT_EQ(ReadFile(path_), before);
}

TEST_F(DatabaseFileTest, RefusesAWriteProtectedFolder) {
  ::chmod(folder_.path().c_str(), 0555);

  EXPECT_EXIT(OpenWithoutPrivileges(path_), ::testing::ExitedWithCode(kRefused), "");
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(DatabaseFileTest, IsForItsUserAloneWhateverTheMaskSays) {
  const auto mask = ::umask(0);
  OneSubject database(path_, kMigrations);
  ::umask(mask);

  for (const auto& file : {path_, path_ + "-wal"}) {
    EXPECT_EQ(std::filesystem::status(file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << file;
  }
}

// A database in use, with something in its log.
class DatabaseLogTest : public DatabaseFileTest {
 protected:
  DatabaseLogTest() : database_(path_, kMigrations) { Write(); }

  void Write() {
    auto transaction = database_.Write();
    transaction.Prepare(kInsert).Bind(":text", "text").Run();
    transaction.Commit();
  }

  void ExpectRejected(const std::string& why) {
    EXPECT_THAT([&] { Write(); }, ThrowsMessage<std::runtime_error>(HasSubstr(log_ + why)));
  }

  OneSubject database_;
  const std::string log_ = path_ + "-wal";
};

TEST_F(DatabaseLogTest, TakesNoWriteIfItWasRemoved) {
  std::filesystem::remove(log_);

  ExpectRejected(" was removed");
}

TEST_F(DatabaseLogTest, TakesNoWriteIfItWasReplaced) {
  const std::string bytes = ReadFile(log_);
  std::filesystem::rename(log_, log_ + ".old");
  WriteFile(log_, bytes);

  ExpectRejected(" was removed or replaced");
}

TEST_F(DatabaseLogTest, TakesNoWriteIfItWasCut) {
  Write();
  std::filesystem::resize_file(log_, 0);

  ExpectRejected(" was cut off");
}

TEST_F(DatabaseLogTest, GoesOnAfterAWriteThatFailed) {
  try {
    auto transaction = database_.Write();
    transaction.Prepare(kInsert).Bind(":text", "lost").Run();
    throw std::runtime_error("");
  } catch (const std::runtime_error&) {  // The log is emptied.
  }

  EXPECT_NO_THROW(Write());
}

TEST_F(DatabaseLogTest, GoesOnForManyWrites) {
  for (int i = 0; i < 3'000; ++i) Write();

  EXPECT_TRUE(database_.FindDamage().empty());
}

TEST_F(DatabaseFileTest, FindsAReferenceToNothing) {
  constexpr std::array<std::string_view, 1> kTables = {
      "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;"
      "CREATE TABLE b (a INTEGER REFERENCES a) STRICT;"};
  OneSubject database(path_, kTables);
  database.Read().Prepare("PRAGMA foreign_keys = OFF").Run();
  {
    auto transaction = database.Write();
    transaction.Prepare("INSERT INTO b (a) VALUES (1)").Run();
    transaction.Commit();
  }

  EXPECT_THAT(database.FindDamage(),
              ::testing::ElementsAre("a row of the table b refers to one of a that is not there"));
}

TEST_F(DatabaseFileTest, DatabasesInMemoryAreApart) {
  OneSubject first("", kMigrations), second("", kMigrations);
  {
    auto transaction = first.Write();
    transaction.Prepare(kInsert).Bind(":text", "first").Run();
    transaction.Commit();
  }

  auto transaction = second.Read();
  EXPECT_FALSE(transaction.Prepare(kSelect).Step());
}

}  // namespace
}  // namespace msc::sqlite
