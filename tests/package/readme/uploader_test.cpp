#include <gtest/gtest.h>
#include <msc/testing.h>

#include <chrono>

using namespace std::chrono_literals;

class UploaderTest : public msc::testing::EmulatorTest {};

TEST_F(UploaderTest, HasAnEmulatorOfItsOwn) {
  EXPECT_TRUE(emulator().Url().starts_with("http://127.0.0.1:"));
  EXPECT_TRUE(emulator().AdvanceClock(5min).empty());
}
