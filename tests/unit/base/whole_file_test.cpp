#include "emulator/base/whole_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/unit/base/temporary_folder.h"

namespace msc {
namespace {

using ::testing::HasSubstr;
using ::testing::Property;
using ::testing::Throws;

class WholeFileTest : public ::testing::Test {
 protected:
  const testing::TemporaryFolder folder_;
  const std::filesystem::path file_ = std::filesystem::path(folder_.path()) / "file";
};

TEST_F(WholeFileTest, ReplacesWhatWasThere) {
  WriteWholeFile(file_, "a longer text", 0600);

  WriteWholeFile(file_, "text", 0600);

  EXPECT_EQ(testing::ReadFile(file_.string()), "text");
  EXPECT_EQ(std::filesystem::status(file_).permissions(), std::filesystem::perms{0600});
}

TEST_F(WholeFileTest, NamesTheFileThatCannotBeWritten) {
  const auto missing = file_ / "below" / "file";

  EXPECT_THAT(
      [&] { WriteWholeFile(missing, "text", 0600); },
      Throws<std::runtime_error>(Property(&std::runtime_error::what, HasSubstr(missing.string()))));
}

TEST_F(WholeFileTest, ReadsWhatWasWritten) {
  const std::string text(200'000, '\0');
  WriteWholeFile(file_, text, 0600);

  EXPECT_EQ(ReadWholeFile(file_), text);
}

TEST_F(WholeFileTest, NamesTheFileThatCannotBeRead) {
  for (const auto& path : {file_, std::filesystem::path(folder_.path())}) {
    EXPECT_THAT(
        [&] { (void)ReadWholeFile(path); },
        Throws<std::runtime_error>(Property(&std::runtime_error::what, HasSubstr(path.string()))));
  }
}

}  // namespace
}  // namespace msc
