#include "emulator/base/nearest.h"

#include <gtest/gtest.h>

namespace msc {
namespace {

const std::vector<std::string_view> kWords = {"PutBlob", "PutBlock", "PutBlockList", "GetKey"};

TEST(EditDistance, CountsLettersThatDiffer) {
  EXPECT_EQ(EditDistance("", ""), 0u);
  EXPECT_EQ(EditDistance("", "abc"), 3u);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3u);
  EXPECT_EQ(EditDistance("steps", "stpes"), 1u);
}

TEST(Nearest, IsTheWordWithTheFewestWrongLetters) {
  EXPECT_EQ(Nearest("PutBlokc", kWords), "PutBlock");
  EXPECT_EQ(Nearest("PutBlobb", kWords), "PutBlob");
}

TEST(Nearest, DoesNotCareAboutCase) { EXPECT_EQ(Nearest("getkey", kWords), "GetKey"); }

TEST(Nearest, IsNothingIfNoWordIsSimilar) {
  EXPECT_EQ(Nearest("Delete", kWords), std::nullopt);
  EXPECT_EQ(Nearest("", kWords), std::nullopt);
  EXPECT_EQ(Nearest(std::string(1000, 'x'), kWords), std::nullopt);
  EXPECT_EQ(Nearest("PutBlob", {}), std::nullopt);
}

TEST(DidYouMean, IsAQuestionOrNothing) {
  EXPECT_EQ(DidYouMean("GetKye", kWords), "; did you mean \"GetKey\"?");
  EXPECT_EQ(DidYouMean("Delete", kWords), "");
}

}  // namespace
}  // namespace msc
