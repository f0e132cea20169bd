#pragma once

#include <msc/emulator.h>

#include <string>
#include <vector>

// What EmulatorTest does when a test ends, without GoogleTest: for fixtures of other frameworks.
namespace msc::testing {

// What a test may do without failing for it.
struct Allowed {
  bool unmatched_requests = false;
  bool unused_faults = false;
  bool diagnostics = false;
  std::vector<DiagnosticCode> diagnostic_codes = {};  // These alone.
};

// What went wrong unnoticed, a sentence each with the remedy: requests that no route matched, with
// the nearest one; faults that never fired; diagnostics. Says once, with a count, what happened
// more than once.
std::vector<std::string> Complaints(const Emulator& emulator, const Allowed& allowed);

// Writes {"test","requests":[…],"videos":[…],"diagnostics":[…]}, as /__admin shows them, to
// <test_name>.json in the folder that the environment variable MSC_ARTIFACTS names, which is made;
// slashes in the name become underscores. Does nothing where the variable is not set or empty. Says
// on stderr where it could not.
void WriteArtifact(const Emulator& emulator, const std::string& test_name) noexcept;

}  // namespace msc::testing
