#include "emulator/videos/magic_name.h"

#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;

// A name and how long its video takes; absent: it asks for nothing.
struct NameCase {
  const char* name;
  std::string file;
  std::optional<std::chrono::milliseconds> duration = {};
};

void PrintTo(const NameCase& the_case, std::ostream* out) { *out << the_case.name; }

class MagicName : public ::testing::TestWithParam<NameCase> {};

TEST_P(MagicName, AsksForTheTimeOfItsRow) {
  const auto& duration = GetParam().duration;

  EXPECT_EQ(ProgramOfName(GetParam().file, 10s),
            duration ? std::optional(Program::AfterTime(*duration)) : std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Names, MagicName,
                         ::testing::Values(NameCase{"Seconds", "slow-90s-a.mp4", 90s},
                                           NameCase{"Minutes", "slow-5m-.mp4", 5min},
                                           NameCase{"Millis", "slow-250ms-a-b.mp4", 250ms},
                                           NameCase{"Hours", "slow-1h-a", 1h},
                                           NameCase{"NoDuration", "slow-motion-a.mp4"},
                                           NameCase{"NoUnit", "slow-90-a.mp4"},
                                           NameCase{"NothingBehind", "slow-90s.mp4"},
                                           NameCase{"Inside", "a-slow-90s-a.mp4"},
                                           NameCase{"UpperCase", "SLOW-90s-a.mp4"},
                                           NameCase{"Failure", "failure.mp4"},
                                           NameCase{"Other", "clip.mp4"}),
                         [](const auto& test) { return test.param.name; });

constexpr std::string_view kFailing = R"({"OriginalFileName":"fail-1.mp4"})";

class MagicVideos : public VideosFixture {
 protected:
  explicit MagicVideos(bool strict = false)
      : VideosFixture({.processing_time = 5s, .strict = strict, .magic_names = true}) {}
};

TEST_F(MagicVideos, FailAfterTheProcessingTime) {
  const auto id = CreateId(kFailing);
  MarkComplete(id);

  EXPECT_EQ(StateOf(id), "Processing");

  clock_.Advance(5s);
  EXPECT_EQ(StateOf(id), "Failed");
  EXPECT_FALSE(service_.Find(id)->failure_reason.empty());
}

TEST_F(MagicVideos, TakeTheTimeOfTheirName) {
  const auto id = CreateId(R"({"OriginalFileName":"slow-90s-1.mp4"})");
  MarkComplete(id);

  clock_.Advance(89s);
  EXPECT_EQ(StateOf(id), "Processing");

  clock_.Advance(1s);
  EXPECT_EQ(StateOf(id), "Completed");
}

class StrictMagicVideos : public MagicVideos {
 protected:
  StrictMagicVideos() : MagicVideos(/*strict=*/true) {}
};

TEST_F(StrictMagicVideos, AreLikeOthers) {
  const auto video = service_.Find(CreateId(kFailing));

  EXPECT_TRUE(video->video.progress.program.empty());
}

}  // namespace
}  // namespace msc::videos
