#pragma once

#include <functional>
#include <string_view>

namespace msc {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// "debug", "info", "warning", "error"
std::string_view Name(LogLevel level);

// Where an emulator's log lines go: one line of UTF-8 a call, no newline. Called from any thread.
using Log = std::function<void(LogLevel, std::string_view line)>;

// Warnings and errors to stderr, the rest nowhere.
Log LogToStderr();

}  // namespace msc
