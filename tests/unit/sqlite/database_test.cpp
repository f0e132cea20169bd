#include "emulator/sqlite/database.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/unit/sqlite/one_subject.h"

namespace msc::sqlite {
namespace {

constexpr std::array<std::string_view, 1> kNoteMigrations = {R"sql(
  CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE thing (
    id INTEGER PRIMARY KEY,
    owner INTEGER REFERENCES owner (id),
    label TEXT,
    size INTEGER CHECK (size >= 0)
  ) STRICT;
  CREATE TABLE counter (value INTEGER NOT NULL) STRICT;
  INSERT INTO counter VALUES (0);
)sql"};

constexpr std::string_view kInsertOwner = "INSERT INTO owner (id, name) VALUES (:id, :name)";
constexpr std::string_view kInsertBlob =
    "INSERT INTO owner (id, name) VALUES (1, CAST(:name AS TEXT))";
constexpr std::string_view kSelectOwner = "SELECT id, name FROM owner ORDER BY id";
constexpr std::string_view kInsertThing =
    "INSERT INTO thing (id, owner, label, size) VALUES (:id, :owner, :label, :size)";
constexpr std::string_view kSelectThing = "SELECT owner, label FROM thing";
constexpr std::string_view kSelectCounter = "SELECT value FROM counter";
constexpr std::string_view kSetCounter = "UPDATE counter SET value = :value";

class DatabaseTest : public ::testing::Test {
 protected:
  bool InsertOwner(std::int64_t id, const std::string& name) {
    auto transaction = database_.Write();
    const bool inserted =
        transaction.Prepare(kInsertOwner).Bind(":id", id).Bind(":name", name).RunUnlessConstraint();
    transaction.Commit();
    return inserted;
  }

  // "1=ann 2=bob "
  std::string Owners() {
    auto transaction = database_.Read();
    auto select = transaction.Prepare(kSelectOwner);
    std::string out;
    while (select.Step()) out += std::to_string(select.Int(0)) + '=' + select.Text(1) + ' ';
    return out;
  }

  OneSubject database_{"", kNoteMigrations};
};

TEST_F(DatabaseTest, KeepsWhatIsCommitted) {
  InsertOwner(1, "ann");

  EXPECT_EQ(Owners(), "1=ann ");
}

TEST_F(DatabaseTest, RollsBackWhatIsNotCommitted) {
  {
    auto transaction = database_.Write();
    transaction.Prepare(kInsertOwner).Bind(":id", 1).Bind(":name", "ann").Run();
  }

  EXPECT_EQ(Owners(), "");
}

TEST_F(DatabaseTest, RollsBackWhatAnExceptionInterrupts) {
  const auto interrupted = [&] {
    auto transaction = database_.Write();
    transaction.Prepare(kInsertOwner).Bind(":id", 1).Bind(":name", "ann").Run();
    throw std::runtime_error("a fault");
  };

  EXPECT_THROW(interrupted(), std::runtime_error);
  EXPECT_EQ(Owners(), "");
  EXPECT_TRUE(InsertOwner(2, "bob"));
}

TEST_F(DatabaseTest, ActsOnACommitUnderTheLockAndThenWithoutIt) {
  std::string order;
  {
    auto transaction = database_.Write();
    transaction.AfterUnlock([&] { order += "unlocked " + Owners(); });
    transaction.OnCommit([&] { order += "committed "; });
    transaction.Prepare(kInsertOwner).Bind(":id", 1).Bind(":name", "ann").Run();
    EXPECT_EQ(order, "");
    transaction.Commit();
    EXPECT_EQ(order, "committed ");
  }

  EXPECT_EQ(order, "committed unlocked 1=ann ");
}

TEST_F(DatabaseTest, DoesNotActAfterARollback) {
  bool has_acted = false;
  {
    auto transaction = database_.Write();
    transaction.OnCommit([&] { has_acted = true; });
    transaction.AfterUnlock([&] { has_acted = true; });
  }

  EXPECT_FALSE(has_acted);
}

TEST_F(DatabaseTest, NewOneInMemoryHasTheTablesAndNoRows) {
  InsertOwner(1, "ann");

  const auto empty = database_.NewInMemory();
  database_.Load(empty->Image());

  EXPECT_EQ(Owners(), "");
}

TEST_F(DatabaseTest, TellsOfATakenPrimaryKey) {
  InsertOwner(1, "ann");

  EXPECT_FALSE(InsertOwner(1, "bob"));
  EXPECT_EQ(Owners(), "1=ann ");
}

TEST_F(DatabaseTest, TellsOfATakenUniqueValue) {
  InsertOwner(1, "ann");

  EXPECT_FALSE(InsertOwner(2, "ann"));
  EXPECT_EQ(Owners(), "1=ann ");
}

TEST_F(DatabaseTest, TellsOfAMissingForeignRow) {
  auto transaction = database_.Write();
  auto insert = transaction.Prepare(kInsertThing);

  EXPECT_FALSE(insert.Bind(":id", 1).Bind(":owner", 7).RunUnlessConstraint());
}

TEST_F(DatabaseTest, TransactionGoesOnBehindAConstraint) {
  InsertOwner(1, "ann");
  {
    auto transaction = database_.Write();
    EXPECT_FALSE(transaction.Prepare(kInsertOwner)
                     .Bind(":id", 1)
                     .Bind(":name", "bob")
                     .RunUnlessConstraint());
    EXPECT_TRUE(transaction.Prepare(kInsertOwner)
                    .Bind(":id", 2)
                    .Bind(":name", "bob")
                    .RunUnlessConstraint());
    transaction.Commit();
  }

  EXPECT_EQ(Owners(), "1=ann 2=bob ");
}

TEST_F(DatabaseTest, BrokenRowThrowsAndIsNoConflict) {
  auto transaction = database_.Write();

  // A missing NOT NULL, a failed CHECK.
  EXPECT_THROW(transaction.Prepare(kInsertOwner).Bind(":id", 1).RunUnlessConstraint(),
               std::runtime_error);
  EXPECT_THROW(
      transaction.Prepare(kInsertThing).Bind(":id", 1).Bind(":size", -1).RunUnlessConstraint(),
      std::runtime_error);
}

TEST_F(DatabaseTest, RunThrowsOnAConflict) {
  InsertOwner(1, "ann");
  auto transaction = database_.Write();

  EXPECT_THROW(transaction.Prepare(kInsertOwner).Bind(":id", 1).Bind(":name", "bob").Run(),
               std::runtime_error);
}

TEST_F(DatabaseTest, WrongTypeThrows) {
  auto transaction = database_.Write();

  EXPECT_THROW(
      transaction.Prepare(kInsertOwner).Bind(":id", "no number").Bind(":name", "ann").Run(),
      std::runtime_error);
}

TEST_F(DatabaseTest, UnknownParameterIsABug) {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectOwner);

  EXPECT_THROW(select.Bind(":typo", 1), std::logic_error);
}

TEST_F(DatabaseTest, KeepsTextWithEveryByte) {
  const std::string text("a\0b'\"\xFF", 6);

  InsertOwner(1, text);

  EXPECT_EQ(Owners(), "1=" + text + ' ');
}

TEST_F(DatabaseTest, KeepsBlobs) {
  const std::string bytes("\0\xFF\0", 3);
  auto transaction = database_.Write();
  transaction.Prepare(kInsertBlob).BindBlob(":name", bytes).Run();

  auto select = transaction.Prepare(kSelectOwner);

  ASSERT_TRUE(select.Step());
  EXPECT_EQ(select.Text(1), bytes);
}

TEST_F(DatabaseTest, EmptyTextIsNotNull) {
  auto transaction = database_.Write();
  transaction.Prepare(kInsertThing).Bind(":id", 1).Bind(":label", std::string_view()).Run();

  auto select = transaction.Prepare(kSelectThing);

  ASSERT_TRUE(select.Step());
  EXPECT_EQ(select.OptionalText(1), "");
}

TEST_F(DatabaseTest, AbsentValuesAreNull) {
  auto transaction = database_.Write();
  transaction.Prepare(kInsertThing)
      .Bind(":id", 1)
      .Bind(":owner", std::optional<std::int64_t>())
      .Bind(":label", std::optional<std::string>())
      .Run();

  auto select = transaction.Prepare(kSelectThing);

  ASSERT_TRUE(select.Step());
  EXPECT_EQ(select.OptionalInt(0), std::nullopt);
  EXPECT_EQ(select.OptionalText(1), std::nullopt);
}

TEST_F(DatabaseTest, StatementForgetsItsLastRun) {
  auto transaction = database_.Write();
  transaction.Prepare(kInsertThing).Bind(":id", 1).Bind(":label", "first").Run();
  transaction.Prepare(kInsertThing).Bind(":id", 2).Run();

  auto select = transaction.Prepare(kSelectThing);

  ASSERT_TRUE(select.Step() && select.Step());
  EXPECT_EQ(select.OptionalText(1), std::nullopt);
}

TEST_F(DatabaseTest, TransactionsOfTwoThreadsTakeTurns) {
  constexpr int kRounds = 500;
  const auto count = [this] {
    for (int i = 0; i < kRounds; ++i) {
      auto transaction = database_.Write();
      std::int64_t value = 0;
      {
        auto select = transaction.Prepare(kSelectCounter);
        if (select.Step()) value = select.Int(0);
      }
      transaction.Prepare(kSetCounter).Bind(":value", value + 1).Run();
      transaction.Commit();
    }
  };

  std::thread other(count);
  count();
  other.join();

  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectCounter);
  ASSERT_TRUE(select.Step());
  EXPECT_EQ(select.Int(0), 2 * kRounds);
}

}  // namespace
}  // namespace msc::sqlite
