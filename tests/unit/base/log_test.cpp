#include "emulator/base/log.h"

#include <gtest/gtest.h>

namespace msc {
namespace {

std::string WrittenAt(LogLevel level) {
  ::testing::internal::CaptureStderr();
  LogToStderr()(level, "the disk is full");
  return ::testing::internal::GetCapturedStderr();
}

TEST(LogToStderr, WritesWarningsAndErrorsAlone) {
  EXPECT_EQ(WrittenAt(LogLevel::kDebug), "");
  EXPECT_EQ(WrittenAt(LogLevel::kInfo), "");
  EXPECT_EQ(WrittenAt(LogLevel::kWarning), "msc: the disk is full\n");
  EXPECT_EQ(WrittenAt(LogLevel::kError), "msc: the disk is full\n");
}

}  // namespace
}  // namespace msc
