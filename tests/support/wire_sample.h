#pragma once

#include <string>
#include <string_view>

namespace msc::testing {

// A response of fixtures/wire, unchanged. Throws std::runtime_error if it cannot be read.
std::string ReadWireSample(std::string_view name);

// An answer with everything replaced that differs from one run of a service to the next: GUIDs by
// their number in order of appearance (so that the same one must stand in the same places), the
// affinity cookie, request counters, signatures, and Content-Length where it is right.
std::string Canonical(std::string wire);

// `text` with every `from` replaced.
std::string ReplaceAll(std::string text, std::string_view from, std::string_view to);

}  // namespace msc::testing
