#pragma once

#include <msc/fault_sweep.h>

#include <iosfwd>
#include <string_view>

namespace msc {

// Writes the report as a table for people ("text"), as a test suite in the form of JUnit's XML,
// with a test case for each fault ("junit"), or as one JSON object ("json").
void WriteReport(const SweepReport& report, std::string_view format, std::ostream& out);

}  // namespace msc
