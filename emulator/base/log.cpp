#include "emulator/base/log.h"

#include <iostream>
#include <string>
#include <utility>

namespace msc {

std::string_view Name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

std::optional<LogLevel> ParseLogLevel(std::string_view name) {
  using enum LogLevel;
  for (const LogLevel level : {kDebug, kInfo, kWarning, kError}) {
    if (Name(level) == name) return level;
  }
  return std::nullopt;
}

Log LogToStderr() {
  return [](LogLevel level, std::string_view line) {
    if (level < LogLevel::kWarning) return;
    // One write per line, so that lines of several threads do not mix.
    std::cerr << "msc: " + std::string(line) + '\n';
  };
}

Log LogSafely(Log log) {
  return [log = std::move(log), spare = LogToStderr()](LogLevel level, std::string_view line) {
    try {
      log(level, line);
    } catch (...) {  // What is logged must go on, whatever the log does.
      spare(level, line);
    }
  };
}

}  // namespace msc
