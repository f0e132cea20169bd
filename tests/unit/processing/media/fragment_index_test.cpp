#include "emulator/processing/media/fragment_index.h"

#include <gtest/gtest.h>

#include <array>

#include "emulator/processing/media/boxes.h"
#include "emulator/processing/media/job_bodies.h"
#include "emulator/processing/media/job_error.h"
#include "tests/unit/processing/media/box_builder.h"

namespace msc::processing {
namespace {

using testing::MakeBox;
using testing::MakeMoof;

class FragmentIndexTest : public ::testing::Test {
 protected:
  void Write(const std::string& text) { file_.Write(0, text); }

  std::string ReadBody(http::BodyReader& body) const {
    std::string text;
    std::array<char, 7> buffer{};
    for (;;) {
      const auto count = body.Read(buffer);
      if (!count || *count == 0) return text;
      text.append(buffer.data(), *count);
    }
  }

  const std::string header_ = MakeBox("ftyp", "ismlpiff") + MakeBox("moov", "");
  NamelessFile file_;
  Cancellation cancellation_;
};

TEST_F(FragmentIndexTest, FragmentsLastToTheNextOne) {
  Write(header_ + MakeMoof(0, 30, 0) + MakeBox("mdat", "one") + MakeMoof(50, 30, 0) +
        MakeBox("mdat", "three") + MakeBox("mfra", ""));

  const auto index = IndexFragments(file_);

  ASSERT_TRUE(index && index->fragments.size() == 2);
  EXPECT_EQ(index->header, header_);
  EXPECT_EQ(index->fragments[0].time.duration, 50);
  EXPECT_EQ(index->fragments[1].time.duration, 30);
  EXPECT_EQ(index->fragments[1].mdat_size, 13U);
}

TEST_F(FragmentIndexTest, TheirTimesMustGrow) {
  Write(header_ + MakeMoof(50, 30, 0) + MakeMoof(50, 30, 0));

  const auto index = IndexFragments(file_);

  ASSERT_FALSE(index);
  EXPECT_EQ(index.error().code, JobError::kCorruptedFile);
}

TEST_F(FragmentIndexTest, ATornFileIsNotRead) {
  Write(header_ + MakeMoof(0, 30, 0) + MakeBox("mdat", "one").substr(0, 9));

  EXPECT_FALSE(IndexFragments(file_));
}

TEST_F(FragmentIndexTest, TheStoredTrackHasEachFragmentWhereTheListSays) {
  Write(header_ + MakeMoof(0, 30, 0) + MakeBox("mdat", "one") + MakeMoof(50, 30, 0) +
        MakeBox("mdat", "three") + MakeBox("mfra", ""));
  const auto index = *IndexFragments(file_);
  TrackBody body(file_, index, cancellation_);

  const auto text = ReadBody(body);

  const auto list = ListFragments(index, "a.mp4");
  ASSERT_EQ(list.fragments.size(), 2U);
  EXPECT_EQ(text.substr(0, list.header_size), header_);
  const auto& second = list.fragments[1];
  const auto boxes = ParseBoxes(std::string_view(text).substr(second.offset, second.size));
  ASSERT_TRUE(boxes && boxes->size() == 2);
  EXPECT_EQ(boxes->at(1).content, "three");
  EXPECT_EQ(text.size(), second.offset + second.size);
}

TEST_F(FragmentIndexTest, AStoredBodyEndsWithTheJob) {
  file_.Write(0, std::string("bytes"));
  WholeFileBody body(file_, cancellation_);

  cancellation_.Cancel();

  std::array<char, 8> buffer{};
  const auto count = body.Read(buffer);
  ASSERT_FALSE(count);
  EXPECT_EQ(count.error().code, JobError::kJobCancelled);
}

}  // namespace
}  // namespace msc::processing
