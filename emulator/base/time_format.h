#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/clock.h"

// Times beyond the years 1 to 9999 are written as the first or the last one inside.
namespace msc {

// "2015-03-23T19:30:07Z"; parts of a second are dropped.
std::string FormatSeconds(Time time);

// "2015-03-23T19:30:07.123Z"
std::string FormatMillis(Time time);

// "2015-03-23T19:30:07.1230000Z", as .NET writes a DateTime.
std::string FormatTicks(Time time);

// "Mon, 23 Mar 2015 19:30:07 GMT" (RFC 9110, IMF-fixdate).
std::string FormatHttpDate(Time time);

// Accepts only IMF-fixdate; nullopt for anything else.
std::optional<Time> ParseHttpDate(std::string_view text);

// ISO 8601 in UTC, as the storage service accepts it: "2015-03-23", "2015-03-23T19:30Z",
// "2015-03-23T19:30:07Z", or with one to seven decimals of a second; nullopt for anything else and
// for dates that do not exist.
std::optional<Time> ParseIso8601(std::string_view text);

// "250ms", "10s", "5m" or "1h", with at most nine digits; nullopt for anything else.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

}  // namespace msc
