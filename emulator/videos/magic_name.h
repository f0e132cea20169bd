#pragma once

#include <msc/video.h>

#include <chrono>
#include <optional>
#include <string_view>

namespace msc::videos {

// The program that a file's name asks for: "fail-*" fails after `processing_time`, "slow-90s-*"
// completes after 90 seconds, or what else stands there as on the command line. nullopt: none.
std::optional<Program> ProgramOfName(std::string_view name,
                                     std::chrono::milliseconds processing_time);

}  // namespace msc::videos
