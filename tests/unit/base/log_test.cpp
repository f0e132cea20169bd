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

TEST(LogSafely, WritesTheLineToStderrIfTheLogThrows) {
  const Log log = LogSafely([](LogLevel, std::string_view) { throw 1; });

  ::testing::internal::CaptureStderr();
  log(LogLevel::kError, "the disk is full");

  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "msc: the disk is full\n");
}

TEST(LogSafely, WritesToTheLogAlone) {
  std::string written;
  const Log log = LogSafely([&](LogLevel, std::string_view line) { written += line; });

  ::testing::internal::CaptureStderr();
  log(LogLevel::kError, "the disk is full");

  EXPECT_EQ(written, "the disk is full");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace msc
