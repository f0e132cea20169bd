#pragma once

#include <msc/logged_request.h>

#include <string>
#include <string_view>

namespace msc {

// How the log looks: one of three ways.
enum class LogStyle {
  kTerminal,  // Aligned, coloured; times without the date.
  kPlain,     // The same words without colours.
  kJson,      // One object per line.
};

// kJson for "json"; else kTerminal if stderr is a terminal and the environment has no NO_COLOR.
LogStyle ChooseLogStyle(std::string_view format);

// A line about something else than a request, without a line break at its end.
std::string FormatLine(LogStyle style, Time at, std::string_view level, std::string_view line);

// A request: a line, and an indented one if it was rejected, and another one for details.
std::string FormatRequest(LogStyle style, const LoggedRequest& request);

}  // namespace msc
