#include "emulator/playback/encrypted_cache.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace msc::playback {
namespace {

class EncryptedCacheTest : public ::testing::Test {
 protected:
  EncryptedCache::Bytes Get(const std::string& version, std::uint64_t size = 10) {
    const EncryptedCache::Key key{owner_, version};
    if (auto known = cache_.Find(key)) return known;
    ++made_;
    SharedSource source(std::make_shared<const std::string>(size, version.front()), {0, size});
    return cache_.Keep(key, source);
  }

  std::shared_ptr<const void> owner_ = std::make_shared<int>(0);
  EncryptedCache cache_{/*most=*/30, /*largest=*/20};
  int made_ = 0;
};

TEST_F(EncryptedCacheTest, MakesAFragmentOnce) {
  EXPECT_EQ(*Get("a"), "aaaaaaaaaa");
  EXPECT_EQ(*Get("a"), "aaaaaaaaaa");
  EXPECT_EQ(made_, 1);
}

TEST_F(EncryptedCacheTest, KnowsAnotherVersionAndAnotherOwner) {
  (void)Get("a");
  (void)Get("b");
  owner_ = std::make_shared<int>(0);
  (void)Get("a");

  EXPECT_EQ(made_, 3);
}

TEST_F(EncryptedCacheTest, ForgetsWhatWasNotUsedForLongest) {
  for (const auto* version : {"a", "b", "c", "a", "d"}) (void)Get(version);
  made_ = 0;

  (void)Get("a");
  EXPECT_EQ(made_, 0);
  (void)Get("b");
  EXPECT_EQ(made_, 1);
}

TEST_F(EncryptedCacheTest, CountsWhatIsStillBeingSent) {
  std::vector<EncryptedCache::Bytes> sent = {Get("a"), Get("b"), Get("c")};

  EXPECT_EQ(Get("d"), nullptr);
  sent.clear();
  EXPECT_NE(Get("d"), nullptr);
}

TEST_F(EncryptedCacheTest, KeepsNothingLarge) { EXPECT_EQ(Get("a", 21), nullptr); }

TEST_F(EncryptedCacheTest, HasRoomAgainAfterAnError) {
  class Broken final : public http::BodySource {
    std::uint64_t size() const override { return 20; }
    std::size_t Read(std::span<char>) override { throw std::runtime_error("no bytes"); }
  };
  Broken broken;
  for (int i = 0; i < 5; ++i) {
    EXPECT_THROW(cache_.Keep({owner_, "x"}, broken), std::runtime_error);
  }

  EXPECT_NE(Get("a", 20), nullptr);
}

TEST(SharedSource, ReadsItsRange) {
  SharedSource source(std::make_shared<const std::string>("0123456789"), {2, 5});
  std::string buffer(3, '\0');

  EXPECT_EQ(source.size(), 5U);
  EXPECT_EQ(source.Read(buffer), 3U);
  EXPECT_EQ(buffer, "234");
  EXPECT_EQ(source.Read(buffer), 2U);
  EXPECT_EQ(buffer.substr(0, 2), "56");
  EXPECT_EQ(source.Read(buffer), 0U);
}

}  // namespace
}  // namespace msc::playback
