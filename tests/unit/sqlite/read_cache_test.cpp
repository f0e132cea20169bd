#include "emulator/sqlite/read_cache.h"

#include <gtest/gtest.h>

#include <string>

#include "emulator/sqlite/database.h"

namespace msc::sqlite {
namespace {

class ReadCacheTest : public ::testing::Test {
 protected:
  // How often `key` has been read from the database by now.
  int ReadsOf(Transaction& transaction, const std::string& key) {
    (void)cache_.Get(transaction, key, [&] { return ++reads_; });
    return reads_;
  }
  int ReadsOf(const std::string& key) {
    auto transaction = database_.Read();
    return ReadsOf(transaction, key);
  }

  Database database_{""};
  ReadCache<int> cache_;
  int reads_ = 0;
};

TEST_F(ReadCacheTest, ReadsAKeyOnce) {
  EXPECT_EQ(ReadsOf("a"), 1);
  EXPECT_EQ(ReadsOf("a"), 1);
  EXPECT_EQ(ReadsOf("b"), 2);
}

TEST_F(ReadCacheTest, ReadsAgainAfterACommit) {
  ReadsOf("a");

  database_.Write().Commit();

  EXPECT_EQ(ReadsOf("a"), 2);
}

TEST_F(ReadCacheTest, ReadsAgainAfterTheDatabaseWasReplaced) {
  ReadsOf("a");

  database_.Load(database_.Image());

  EXPECT_EQ(ReadsOf("a"), 2);
}

TEST_F(ReadCacheTest, AlwaysReadsInsideATransactionThatWrites) {
  auto transaction = database_.Write();

  EXPECT_EQ(ReadsOf(transaction, "a"), 1);
  EXPECT_EQ(ReadsOf(transaction, "a"), 2);
}

TEST_F(ReadCacheTest, HoldsALimitedNumber) {
  for (std::size_t i = 0; i <= ReadCache<int>::kMost; ++i) ReadsOf(std::to_string(i));
  const int before = reads_;

  EXPECT_EQ(ReadsOf("0"), before + 1);
}

}  // namespace
}  // namespace msc::sqlite
