#pragma once

#include <gtest/gtest.h>
#include <msc/emulator.h>

namespace msc::testing {

// An emulator for each test: any port, in memory, its clock frozen, its ids and keys the same every
// time, strict.
//
//   class UploaderTest : public msc::testing::EmulatorTest {};
//   TEST_F(UploaderTest, CreatesAVideo) { Uploader(emulator().Url()).Upload("a.mp4"); }
class EmulatorTest : public ::testing::Test {
 protected:
  Emulator& emulator() { return emulator_; }

 private:
  Emulator emulator_{
      EmulatorOptions{.frozen_at = "2024-06-30T12:00:00Z", .random_seed = 42, .strict = true}};
};

}  // namespace msc::testing
