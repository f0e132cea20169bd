#include "emulator/processing/media/progress_lines.h"

#include <gtest/gtest.h>

namespace msc::processing {
namespace {

TEST(ProgressLines, SayHowMuchIsDone) {
  EXPECT_EQ(PercentDone("out_time_us=5000000", 20), 25);
  EXPECT_EQ(PercentDone("out_time_us=50000000", 20), 100);
  EXPECT_EQ(PercentDone("out_time_us=5000000", 0), 0);
}

TEST(ProgressLines, MaySayOtherThings) {
  EXPECT_EQ(PercentDone("out_time_us=N/A", 20), std::nullopt);
  EXPECT_EQ(PercentDone("out_time_us=-5", 20), std::nullopt);
  EXPECT_EQ(PercentDone("progress=end", 20), std::nullopt);
}

}  // namespace
}  // namespace msc::processing
