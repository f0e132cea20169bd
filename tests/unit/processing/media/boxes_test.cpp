#include "emulator/processing/media/boxes.h"

#include <gtest/gtest.h>

#include "tests/unit/processing/media/box_builder.h"

namespace msc::processing {
namespace {

using testing::BigEndian;
using testing::MakeBox;

TEST(Boxes, AreParsedOneAfterAnother) {
  const auto text = MakeBox("ftyp", "isml") + MakeBox("moov", "");

  const auto boxes = ParseBoxes(text);

  ASSERT_TRUE(boxes && boxes->size() == 2);
  EXPECT_EQ(boxes->front().content, "isml");
  EXPECT_EQ(boxes->back().type, "moov");
  EXPECT_EQ(boxes->back().offset, 12U);
}

TEST(Boxes, MayHaveSizesOf64Bits) {
  const auto text = BigEndian(1, 4) + "mdat" + BigEndian(19, 8) + "abc";

  const auto boxes = ParseBoxes(text);

  ASSERT_TRUE(boxes && boxes->size() == 1);
  EXPECT_EQ(boxes->front().content, "abc");
}

TEST(Boxes, AreNotParsedIfOneIsTorn) {
  EXPECT_FALSE(ParseBoxes(MakeBox("ftyp", "isml").substr(0, 11)));
  EXPECT_FALSE(ParseBoxes(BigEndian(7, 4) + "free"));
  EXPECT_FALSE(ParseBoxes(BigEndian(1, 4) + "mdat" + BigEndian(3, 8)));
  EXPECT_FALSE(ParseBoxes("abc"));
}

TEST(Boxes, AreFoundByTheirPath) {
  const auto text = MakeBox("free", "") + MakeBox("moov", MakeBox("trak", MakeBox("mdia", "x")));

  EXPECT_EQ(FindContent(text, {"moov", "trak", "mdia"}), "x");
  EXPECT_EQ(FindContent(text, {"moov", "mdia"}), std::nullopt);
}

TEST(Boxes, OfSizeZeroReachToTheEnd) {
  const auto head = ParseBoxHead(BigEndian(0, 4) + "mdat", 1000);

  ASSERT_TRUE(head);
  EXPECT_EQ(head->size, 1000U);
}

}  // namespace
}  // namespace msc::processing
