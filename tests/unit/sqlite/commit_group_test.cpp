#include "emulator/sqlite/commit_group.h"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "tests/unit/base/temporary_folder.h"
#include "tests/unit/sqlite/one_subject.h"

namespace msc::sqlite {
namespace {

constexpr std::array<std::string_view, 1> kWordMigrations = {
    "CREATE TABLE word (text TEXT PRIMARY KEY) STRICT;"};

constexpr std::string_view kInsertWord = "INSERT INTO word VALUES (:text)";
constexpr std::string_view kSelectWords = "SELECT text FROM word ORDER BY text";

class CommitGroupTest : public ::testing::Test {
 protected:
  void Insert(Transaction& transaction, std::string_view text) {
    transaction.Prepare(kInsertWord).Bind(":text", text).Run();
  }

  void Write(std::string_view text) {
    auto transaction = database_.Write();
    Insert(transaction, text);
    transaction.AfterUnlock([this] { ++done_; });
    transaction.Commit();
  }

  void WriteAndFail(std::string_view text) {
    auto transaction = database_.Write();
    Insert(transaction, text);
    throw std::runtime_error("an error");
  }

  // "a b "
  static std::string Words(Database& database) {
    auto transaction = database.Read();
    auto select = transaction.Prepare(kSelectWords);
    std::string words;
    while (select.Step()) words += select.Text(0) + ' ';
    return words;
  }

  std::string WordsOfAnotherThread() {
    std::string words;
    std::thread([&] { words = Words(database_); }).join();
    return words;
  }

  const testing::TemporaryFolder folder_;
  OneSubject database_{folder_.path() + "/db", kWordMigrations};
  int done_ = 0;
};

TEST_F(CommitGroupTest, CommitsWhatItsTransactionsCommitted) {
  CommitGroup group(database_);
  Write("a");
  Write("b");
  EXPECT_EQ(Words(database_), "a b ");

  group.Commit();

  EXPECT_EQ(WordsOfAnotherThread(), "a b ");
}

TEST_F(CommitGroupTest, IsSeenByOtherThreadsBeforeItIsCommitted) {
  CommitGroup group(database_);
  Write("a");

  EXPECT_EQ(WordsOfAnotherThread(), "a ");
  Write("b");
  EXPECT_EQ(WordsOfAnotherThread(), "a b ");
}

TEST_F(CommitGroupTest, KeepsTheOthersIfATransactionChangesNothing) {
  CommitGroup group(database_);
  Write("a");
  { const auto transaction = database_.Write(); }
  Write("b");

  group.Commit();

  EXPECT_EQ(Words(database_), "a b ");
}

TEST_F(CommitGroupTest, SaysThatChangesWereTakenBack) {
  CommitGroup group(database_);
  Write("a");
  {
    auto transaction = database_.Write();
    Insert(transaction, "b");
  }

  EXPECT_THROW(group.Commit(), std::runtime_error);

  EXPECT_EQ(Words(database_), "");
}

TEST_F(CommitGroupTest, RunsWhatComesAfterTheCommitsInItsOwn) {
  CommitGroup group(database_);
  Write("a");
  WordsOfAnotherThread();
  Write("b");
  EXPECT_EQ(done_, 0);

  group.Commit();

  EXPECT_EQ(done_, 2);
}

TEST_F(CommitGroupTest, LosesWhatIsNotCommittedIfATransactionFails) {
  CommitGroup group(database_);
  Write("a");
  WordsOfAnotherThread();
  Write("b");
  EXPECT_THROW(WriteAndFail("c"), std::runtime_error);
  Write("d");

  EXPECT_THROW(group.Commit(), std::runtime_error);

  EXPECT_EQ(Words(database_), "a d ");
  EXPECT_EQ(done_, 2);
}

TEST_F(CommitGroupTest, CommitsWhenItEnds) {
  {
    const CommitGroup group(database_);
    Write("a");
  }

  EXPECT_EQ(WordsOfAnotherThread(), "a ");
  EXPECT_EQ(done_, 1);
}

TEST_F(CommitGroupTest, DoesNotTouchOtherDatabases) {
  OneSubject other("", kWordMigrations);
  const CommitGroup group(other);

  Write("a");

  EXPECT_EQ(done_, 1);
}

}  // namespace
}  // namespace msc::sqlite
