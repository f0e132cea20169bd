#pragma once

#include <gtest/gtest.h>
#include <msc/emulator.h>
#include <msc/testing/verdict.h>

#include <string>
#include <utility>

namespace msc::testing {

// The options that EmulatorTest starts with: any free port, no data directory, a frozen clock, the
// same ids in every run, strict.
inline EmulatorOptions TestOptions() {
  return {.frozen_at = "2024-06-30T12:00:00Z", .random_seed = 42, .strict = true};
}

// A GoogleTest fixture with an emulator of its own for each test.
//
//   class UploaderTest : public msc::testing::EmulatorTest {};
//
//   TEST_F(UploaderTest, Uploads) { Upload(emulator().Url(), "clip.mp4"); }
//
// At the end of a test that has neither failed nor been skipped, the fixture fails the test for
// problems that it did not see: requests that matched no route, faults that never fired, and
// diagnostics. If they are expected, the test allows them, or the fixture's constructor does for
// all its tests.
//
// If a test fails, the fixture adds a failure that lists the requests that the emulator rejected,
// each with the reason and what to do. The journal with these reasons, the videos and the
// diagnostics of a failed test are written to $MSC_ARTIFACTS/<Suite.Test>.json, if that variable is
// set.
class EmulatorTest : public ::testing::Test {
 protected:
  // To use other options for all tests of a fixture, call this from the fixture's constructor.
  // Throws StartError.
  explicit EmulatorTest(EmulatorOptions options = TestOptions()) : emulator_(std::move(options)) {}

  ~EmulatorTest() override {
    const ::testing::TestInfo& test = *::testing::UnitTest::GetInstance()->current_test_info();
    if (HasFailure()) {
      TellRejections(test);
    } else if (!IsSkipped()) {
      Judge(test);
    }
    if (HasFailure()) {
      WriteArtifact(emulator_, std::string(test.test_suite_name()) + '.' + test.name());
    }
  }

  Emulator& emulator() { return emulator_; }

  void AllowUnmatchedRequests() { allowed_.unmatched_requests = true; }
  void AllowUnusedFaults() { allowed_.unused_faults = true; }
  void AllowDiagnostics() { allowed_.diagnostics = true; }

  void AllowDiagnostics(DiagnosticCode code) { allowed_.diagnostic_codes.push_back(code); }

 private:
  void Judge(const ::testing::TestInfo& test) const {
    for (const auto& complaint : Complaints(emulator_, allowed_)) {
      ADD_FAILURE_AT(test.file(), test.line()) << complaint;
    }
  }

  void TellRejections(const ::testing::TestInfo& test) const {
    std::string text;
    for (const auto& rejection : Rejections(emulator_)) text += "\n  " + rejection;
    if (text.empty()) return;
    ADD_FAILURE_AT(test.file(), test.line()) << "The emulator rejected these requests:" << text;
  }

  Emulator emulator_;
  Allowed allowed_;
};

}  // namespace msc::testing
