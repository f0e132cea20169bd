// Media work while other threads change its video. Few tests, because ffmpeg takes long beside
// ThreadSanitizer.
#include "tests/e2e/media/emulator_media_fixture.h"

namespace msc {
namespace {

using namespace msc::testing;
using namespace std::chrono_literals;

class ConcurrentMediaWork : public MediaTest {
 protected:
  Emulator emulator_{{.processing_time = 0s, .media = Media::kAuto}};
};

TEST_F(ConcurrentMediaWork, CompletesAVideo) {
  const auto video = Submit(emulator_, ClipBytes());

  ASSERT_TRUE(Reaches(emulator_, video, VideoState::kCompleted));

  EXPECT_EQ(emulator_.Video(video.id)->duration, 5s);
}

TEST_F(ConcurrentMediaWork, IsCutOffByADeletion) {
  const auto bytes = LongBytes();
  for (int i = 0; i < 8; ++i) {  // More than there are threads for jobs.
    const auto video = Submit(emulator_, bytes);
    ASSERT_EQ(emulator_.Video(video.id)->media.state, MediaInfo::State::kWorking);
    ASSERT_EQ(StatusOf(Call(emulator_.Port(), "DELETE", "/api/Videos/" + video.id)), 204);
  }

  const auto next = Submit(emulator_, ClipBytes());

  EXPECT_TRUE(Reaches(emulator_, next, VideoState::kCompleted));
  EXPECT_EQ(emulator_.Videos().size(), 1u);
}

TEST_F(ConcurrentMediaWork, IsCutOffByAReset) {
  const auto bytes = LongBytes();
  for (int i = 0; i < 8; ++i) Submit(emulator_, bytes);

  emulator_.Reset();
  const auto next = Submit(emulator_, ClipBytes());

  EXPECT_TRUE(Reaches(emulator_, next, VideoState::kCompleted));
  EXPECT_EQ(emulator_.Videos().size(), 1u);
}

}  // namespace
}  // namespace msc
