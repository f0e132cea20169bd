#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace msc {

// A function for EmulatorOptions::log that writes to stderr. `level`: the lowest level that is
// written, or "off"; `format`: "text" or "json", one object per line.
std::function<void(std::string_view level, std::string_view line)> MakeLogSink(
    const std::string& level, const std::string& format);

}  // namespace msc
