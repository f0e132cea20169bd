#include "emulator/base/nameless_file.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>

#include "tests/unit/base/temporary_folder.h"

namespace msc {
namespace {

TEST(NamelessFile, KeepsBytesWithoutAnEntryInItsFolder) {
  const testing::TemporaryFolder folder;
  NamelessFile file(folder.path());

  file.Write(3, std::string("bytes"));

  std::array<char, 16> buffer{};
  EXPECT_EQ(file.Read(3, buffer), 5U);
  EXPECT_EQ(std::string(buffer.data(), 5), "bytes");
  EXPECT_EQ(file.Size(), 8U);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(NamelessFile, IsEmptyAfterClear) {
  NamelessFile file;
  file.Write(0, std::string("bytes"));

  file.Clear();

  EXPECT_EQ(file.Size(), 0U);
}

TEST(NamelessFile, NamesTheFolderInWhichNoneCanBeMade) {
  EXPECT_THROW(NamelessFile("/nowhere/at/all"), std::runtime_error);
}

}  // namespace
}  // namespace msc
