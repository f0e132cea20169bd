#pragma once

#include <functional>
#include <optional>
#include <string_view>

namespace msc {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// "debug", "info", "warning", "error"
std::string_view Name(LogLevel level);

// The level of that name; nullopt for any other text.
std::optional<LogLevel> ParseLogLevel(std::string_view name);

// Receives an emulator's log, one line of UTF-8 per call, without a newline. Called from any
// thread.
using Log = std::function<void(LogLevel, std::string_view line)>;

// Writes warnings and errors to stderr, and drops the rest.
Log LogToStderr();

// Calls `log`; if it throws, LogToStderr gets the line instead.
Log LogSafely(Log log);

}  // namespace msc
