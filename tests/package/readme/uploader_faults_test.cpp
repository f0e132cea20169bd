#include <gmock/gmock.h>
#include <msc/testing.h>

#include "uploader.h"

using msc::testing::HasState;
using msc::testing::Retried;
using msc::testing::Uploaded;

class UploaderFaultsTest : public msc::testing::EmulatorTest {};

TEST_F(UploaderFaultsTest, UploadsAllOfTheFileAfterAnAnswer503) {
  auto busy = emulator().Inject({.operation = msc::Operation::kPutBlock, .times = 1});
  const std::string id = Upload(emulator().Url(), "clip.mp4");

  EXPECT_THAT(emulator().Video(id), HasState(msc::VideoState::kProcessing));
  EXPECT_THAT(emulator().Video(id), Uploaded("clip.mp4"));
  EXPECT_THAT(emulator().Requests(msc::Operation::kPutBlock), Retried(1));
}

TEST(UploaderSweep, SurvivesWhateverHappensToAPut) {
  const auto report = msc::testing::ForEachFaultPoint(
      msc::testing::TestOptions(), [](const std::string& url) { Upload(url, "clip.mp4"); });
  for (const auto& point : report.points) {
    EXPECT_TRUE(point.survived || !point.what.starts_with("PUT ")) << report;
  }
}
