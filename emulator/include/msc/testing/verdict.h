#pragma once

#include <msc/emulator.h>
#include <msc/export.h>

#include <string>
#include <vector>

// What EmulatorTest does at the end of a test, without GoogleTest: for fixtures of other
// frameworks.
namespace msc::testing {

// Problems that do not fail a test.
struct Allowed {
  bool unmatched_requests = false;
  bool unused_faults = false;
  bool diagnostics = false;
  std::vector<DiagnosticCode> diagnostic_codes = {};  // Only these.
};

// The problems of a test, one sentence each, with what to do: requests that no route matched, with
// the nearest route; faults that never fired; diagnostics. A problem that occurred more than once
// is listed once, with a count.
MSC_EXPORT std::vector<std::string> Complaints(const Emulator& emulator, const Allowed& allowed);

// The requests that were rejected, one sentence each, with the reason and what to do: for the
// message of a test that has failed. A sentence that occurs more than once is listed once, with a
// count.
MSC_EXPORT std::vector<std::string> Rejections(const Emulator& emulator);

// Writes {"test","requests":[…],"videos":[…],"diagnostics":[…]}, in the form of /__admin, with the
// explanation of each request that was rejected or that a fault disturbed, to
// <test_name>.json in the folder that the environment variable MSC_ARTIFACTS names. Creates the
// folder; slashes in the name become underscores. Does nothing if the variable is unset or empty.
// If the file cannot be written, it says so on stderr.
MSC_EXPORT void WriteArtifact(const Emulator& emulator, const std::string& test_name) noexcept;

}  // namespace msc::testing
