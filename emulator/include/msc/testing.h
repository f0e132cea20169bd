#pragma once

#include <gtest/gtest.h>
#include <msc/emulator.h>

#include <utility>

namespace msc::testing {

// What EmulatorTest starts: any port, nothing kept, the clock standing still, every id repeating,
// strict.
inline EmulatorOptions TestOptions() {
  return {.frozen_at = "2024-06-30T12:00:00Z", .random_seed = 42, .strict = true};
}

// A GoogleTest fixture with an emulator of its own for each test.
//
//   class UploaderTest : public msc::testing::EmulatorTest {};
//
//   TEST_F(UploaderTest, Uploads) { Upload(emulator().Url(), "clip.mp4"); }
class EmulatorTest : public ::testing::Test {
 protected:
  // Other options for all tests of a fixture: call it from the fixture's constructor.
  explicit EmulatorTest(EmulatorOptions options = TestOptions()) : emulator_(std::move(options)) {}

  Emulator& emulator() { return emulator_; }

 private:
  Emulator emulator_;
};

}  // namespace msc::testing
