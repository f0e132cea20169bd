#pragma once

#include <optional>
#include <string_view>

namespace msc::processing {

// How much of a file with that duration is done, in percent, if the line of `ffmpeg -progress` says
// so. 0 if the duration is not known.
std::optional<int> PercentDone(std::string_view line, double seconds);

}  // namespace msc::processing
