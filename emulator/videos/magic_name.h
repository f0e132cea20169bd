#pragma once

#include <msc/video.h>

#include <chrono>
#include <optional>
#include <string_view>

namespace msc::videos {

// The program that a file name asks for: "fail-*" fails after `processing_time`; "slow-90s-*"
// completes after 90 seconds, or after another duration in the form of the command line. nullopt:
// the name asks for none.
std::optional<Program> ProgramOfName(std::string_view name,
                                     std::chrono::milliseconds processing_time);

}  // namespace msc::videos
