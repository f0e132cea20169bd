#include "uploader.h"  // The client under test: std::string Upload(url, path).

#include <gtest/gtest.h>
#include <msc/emulator.h>
#include <msc/testing.h>

using namespace std::chrono_literals;

class UploaderTest : public msc::testing::EmulatorTest {};

TEST_F(UploaderTest, SurvivesTwoResetsThenWaitsForProcessing) {
  auto flaky = emulator().Inject({.operation = msc::Operation::kPutBlock,
                                  .times = 2,
                                  .action = msc::ResetConnection{.after_bytes = 64 * 1024}});
  const std::string id = Upload(emulator().Url(), "clip.mp4");
  EXPECT_EQ(flaky.Fired(), 2);
  EXPECT_EQ(emulator().Video(id)->state, msc::VideoState::kProcessing);
  const auto fired = emulator().AdvanceClock(10min);
  ASSERT_EQ(fired.size(), 1u);
  EXPECT_EQ(fired[0].to, msc::VideoState::kCompleted);
  EXPECT_TRUE(emulator().WaitForState(id, msc::VideoState::kCompleted, 2s));
}
