#include "emulator/processing/media/media_tools.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/base/temporary_folder.h"

namespace msc::processing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MediaToolsTest : public ::testing::Test {
 protected:
  void Install(const testing::TemporaryFolder& folder, const std::string& name,
               unsigned mode = 0755) {
    testing::WriteFile(folder.File(name), "#!/bin/sh\n");
    ::chmod(folder.File(name).c_str(), mode);
  }

  const testing::TemporaryFolder first_;
  const testing::TemporaryFolder second_;
};

TEST_F(MediaToolsTest, AreFoundInTheFoldersOfThePath) {
  Install(first_, "ffprobe");
  Install(second_, "ffprobe");
  Install(second_, "ffmpeg");

  const auto search = FindMediaTools(first_.path() + ':' + second_.path());

  ASSERT_TRUE(search.tools);
  EXPECT_EQ(search.tools->ffprobe, first_.File("ffprobe"));
  EXPECT_EQ(search.tools->ffmpeg, second_.File("ffmpeg"));
  EXPECT_THAT(search.missing, IsEmpty());
}

TEST_F(MediaToolsTest, AreNamedIfTheyAreMissing) {
  Install(first_, "ffprobe");
  Install(first_, "ffmpeg", 0644);

  const auto search = FindMediaTools("::relative:" + first_.path());

  EXPECT_FALSE(search.tools);
  EXPECT_THAT(search.missing, ElementsAre("ffmpeg"));
}

}  // namespace
}  // namespace msc::processing
