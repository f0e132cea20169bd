// Packages of files that ffmpeg makes, read back with ffmpeg.
#include <gmock/gmock.h>

#include "tests/e2e/media/media_fixture.h"

namespace msc::testing {
namespace {

using namespace processing;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;
using ::testing::StartsWith;

class PackagingTest : public MediaFixture {
 protected:
  // H.264 with a key frame every two seconds, and AAC: can be copied.
  std::string Clip(int seconds = 13) const {
    return Make("clip.mp4", Joined({Picture(seconds), Sound(seconds), H264(50), {"-c:a", "aac"}}));
  }
};

TEST_F(PackagingTest, CopiedFragmentsHaveTheFramesOfTheUpload) {
  const auto description = Packaged(Clip());
  const auto& video = description.tracks.at(0);
  const auto frames = FrameHashes(File("clip.mp4"));

  EXPECT_THAT(frames, SizeIs(325));
  EXPECT_EQ(FrameHashes(Saved("v.mp4", Fetched(video.mp4))), frames);
  EXPECT_EQ(FrameHashes(Saved("v.ts", Fetched(video.ts))), frames);
  EXPECT_EQ(FrameHashes(Saved("m.ts", Fetched(video.muxed))), frames);
  EXPECT_EQ(FrameHashes(Saved("p.mp4", Blob(description.progressive))), frames);
}

TEST_F(PackagingTest, CutsAtTheFirstKeyFrameAfterSixSeconds) {
  const auto description = Packaged(Clip());

  const auto& video = description.tracks.at(0);
  for (const auto* list : {&video.mp4, &video.ts, &video.muxed}) {
    EXPECT_THAT(list->fragments,
                ElementsAre(Field(&Fragment::time, 0), Field(&Fragment::time, 60'000'000),
                            Field(&Fragment::time, 120'000'000)));
    EXPECT_EQ(list->fragments.back().duration, 10'000'000);
  }
  EXPECT_EQ(description.duration, std::chrono::seconds(13));
}

}  // namespace
}  // namespace msc::testing
