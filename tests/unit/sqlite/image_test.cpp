#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <span>
#include <string>

#include "tests/unit/base/temporary_folder.h"
#include "tests/unit/sqlite/one_subject.h"

namespace msc::sqlite {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr std::array<std::string_view, 2> kImageMigrations = {
    "CREATE TABLE shelf (id INTEGER PRIMARY KEY) STRICT; INSERT INTO shelf VALUES (1);"
    "CREATE TABLE note (id INTEGER PRIMARY KEY, shelf INTEGER NOT NULL DEFAULT 1"
    " REFERENCES shelf, text TEXT NOT NULL CHECK (text <> 'bad')) STRICT;",
    "CREATE INDEX note_by_text ON note (text);"};
constexpr std::array<std::string_view, 2> kOtherTables = {
    kImageMigrations[0], "CREATE INDEX note_by_text ON note (text, id);"};

constexpr std::string_view kInsertNote = "INSERT INTO note (text) VALUES (:text)";
constexpr std::string_view kSelectTexts = "SELECT text FROM note ORDER BY id";
constexpr std::string_view kDelete = "DELETE FROM note";
constexpr std::string_view kDangle = "UPDATE note SET shelf = 7";
constexpr std::string_view kUnbind = "PRAGMA foreign_keys = OFF";
constexpr std::string_view kUnchecked = "PRAGMA ignore_check_constraints = ON";
constexpr std::string_view kJournal = "PRAGMA journal_mode";

void Write(Database& database, std::string_view sql) {
  auto transaction = database.Write();
  transaction.Prepare(sql).Run();
  transaction.Commit();
}

void Insert(Database& database, const std::string& text, int rows = 1) {
  auto transaction = database.Write();
  for (int i = 0; i < rows; ++i) transaction.Prepare(kInsertNote).Bind(":text", text).Run();
  transaction.Commit();
}

std::string Ask(Database& database, std::string_view sql = kSelectTexts) {
  auto transaction = database.Read();
  auto select = transaction.Prepare(sql);
  std::string texts;
  while (select.Step()) texts += select.Text(0) + ' ';
  return texts;
}

// In memory and in a file.
class ImageTest : public ::testing::TestWithParam<bool> {
 protected:
  std::string Path() const { return GetParam() ? folder_.File("test.db") : std::string(); }

  // Loading the image must fail with `why` and change nothing.
  void ExpectRefused(std::string_view image, const std::string& why) {
    Insert(database_, "old");

    EXPECT_THAT([&] { database_.Load(image); }, ThrowsMessage<ImageRefused>(HasSubstr(why)));
    Insert(database_, "more");
    EXPECT_EQ(Ask(database_), "old more ");
  }

  testing::TemporaryFolder folder_;
  OneSubject database_{Path(), kImageMigrations};
};

INSTANTIATE_TEST_SUITE_P(Places, ImageTest, ::testing::Bool(),
                         [](const auto& test) { return test.param ? "InAFile" : "InMemory"; });

TEST_P(ImageTest, BringsBackWhatItHolds) {
  Insert(database_, "first");
  const std::string image = database_.Image();
  Write(database_, kDelete);
  Insert(database_, "second", 1'000);

  database_.Load(image);

  EXPECT_EQ(Ask(database_), "first ");
}

TEST_P(ImageTest, StatementsGoOnBehindALoad) {
  const std::string image = database_.Image();
  Insert(database_, "old");
  EXPECT_EQ(Ask(database_), "old ");

  database_.Load(image);
  Insert(database_, "new");

  EXPECT_EQ(Ask(database_), "new ");
}

TEST_P(ImageTest, IsLoadedIntoTheOtherKindOfDatabase) {
  Insert(database_, "kept");
  OneSubject other(GetParam() ? "" : folder_.File("other.db"), kImageMigrations);

  other.Load(database_.Image());

  EXPECT_EQ(Ask(other), "kept ");
}

TEST_P(ImageTest, LeavesTheJournalAsItIs) {
  const std::string before = Ask(database_, kJournal);

  database_.Load(database_.Image());

  EXPECT_EQ(Ask(database_, kJournal), before);
}

TEST_P(ImageTest, RefusesWhatIsNoDatabase) {
  ExpectRefused(std::string(8'192, 'x'), "not a database");
}

TEST_P(ImageTest, RefusesNothing) { ExpectRefused("", "belongs to another program"); }

TEST_P(ImageTest, RefusesAnImageThatWasCutOff) {
  OneSubject other("", kImageMigrations);
  Insert(other, std::string(1'000, 'x'), 100);
  const std::string whole = other.Image();

  ExpectRefused(std::string_view(whole).substr(0, whole.size() / 2), "");
}

TEST_P(ImageTest, RefusesAnotherVersion) {
  ExpectRefused(OneSubject("", std::span(kImageMigrations).first(1)).Image(), "another version");
}

TEST_P(ImageTest, RefusesAViewInThePlaceOfTheVersions) {
  Database other("");
  Write(other, "DROP TABLE schema_version");
  Write(other, "CREATE VIEW schema_version AS SELECT 'test' AS subject, 2 AS version");

  ExpectRefused(other.Image(), "other tables");
}

TEST_P(ImageTest, RefusesOtherTables) {
  ExpectRefused(OneSubject("", kOtherTables).Image(), "other tables");
}

TEST_P(ImageTest, RefusesARowThatRefersToNothing) {
  OneSubject other("", kImageMigrations);
  Insert(other, "lost");
  Ask(other, kUnbind);
  Write(other, kDangle);

  ExpectRefused(other.Image(), "refers to one that is not there");
}

TEST_P(ImageTest, RefusesARowThatCannotBe) {
  OneSubject other("", kImageMigrations);
  Ask(other, kUnchecked);
  Insert(other, "bad");

  ExpectRefused(other.Image(), "CHECK constraint failed");
}

TEST_P(ImageTest, RefusesEveryFlippedPage) {
  constexpr std::size_t kPage = 4'096;
  Insert(database_, std::string(1'000, 'x'), 20);
  const std::string whole = database_.Image(), before = Ask(database_);
  ASSERT_GT(whole.size(), 3 * kPage);

  for (std::size_t page = 0; page < whole.size(); page += kPage) {
    std::string flipped = whole;
    for (char& c : std::span(flipped).subspan(page, kPage)) c = static_cast<char>(~c);
    EXPECT_THROW(database_.Load(flipped), ImageRefused);
  }
  EXPECT_EQ(Ask(database_), before);
}

TEST_P(ImageTest, RefusesAnIndexThatSaysSomethingElse) {
  OneSubject other("", kImageMigrations);
  Insert(other, "needle");
  std::string image = other.Image();
  image[image.rfind("needle")] = 'N';

  ExpectRefused(image, "missing from index");
}

TEST(ImageOfAFile, HoldsWhatTheLogHolds) {
  const testing::TemporaryFolder folder;
  OneSubject database(folder.File("test.db"), kImageMigrations), other("", kImageMigrations);
  Insert(database, "in the log");
  ASSERT_GT(std::filesystem::file_size(folder.File("test.db-wal")), 0u);

  other.Load(database.Image());

  EXPECT_EQ(Ask(other), "in the log ");
}

TEST(ImageOfAFile, OutlivesTheObjectThatLoadedIt) {
  const testing::TemporaryFolder folder;
  OneSubject other("", kImageMigrations);
  Insert(other, "loaded");
  OneSubject(folder.File("test.db"), kImageMigrations).Load(other.Image());

  OneSubject reopened(folder.File("test.db"), kImageMigrations);

  EXPECT_EQ(Ask(reopened), "loaded ");
}

}  // namespace
}  // namespace msc::sqlite
