#include "emulator/cli/log_format.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "emulator/base/encoding.h"
#include "emulator/base/json_text.h"
#include "emulator/base/time_format.h"
#include "emulator/log_line.h"

namespace msc {
namespace {

constexpr std::string_view kResetColour = "\x1B[0m";
constexpr std::string_view kDim = "\x1B[2m";
constexpr std::string_view kRed = "\x1B[31m";
constexpr std::string_view kGreen = "\x1B[32m";
constexpr std::string_view kYellow = "\x1B[33m";
constexpr std::string_view kIndent = "\n    ";

constexpr std::size_t kDateSize = 11;  // "2024-06-30T"
constexpr std::size_t kSubjectWidth = 22;
constexpr std::size_t kSizeWidth = 12;
constexpr std::size_t kDurationWidth = 10;

std::string_view ColourOf(std::string_view level) {
  if (level == "error") return kRed;
  return level == "warning" ? kYellow : kGreen;
}

std::string Coloured(std::string_view colour, std::string_view text) {
  return std::string(colour).append(text).append(kResetColour);
}

std::string PadRight(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string PadLeft(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string TimeOf(LogStyle style, Time at) {
  std::string time = FormatMillis(at);
  if (style != LogStyle::kTerminal) return time;
  const auto end = time.find('Z');
  return Coloured(kDim, std::string_view(time).substr(kDateSize, end - kDateSize));
}

std::string PlainTextOf(const LoggedRequest& request) {
  std::string line = FormatMillis(request.at);
  line.append(1, ' ').append(SubjectOf(request));
  line.append(1, ' ').append(std::to_string(request.status));
  line.append(1, ' ').append(SizeOf(request));
  line.append(1, ' ').append(DurationOf(request));
  if (!request.video_id.empty()) line.append(" video ").append(request.video_id);
  return line;
}

std::string TerminalTextOf(const LoggedRequest& request) {
  const std::string status = request.status == 0 ? "  -" : std::to_string(request.status);
  std::string line =
      TimeOf(LogStyle::kTerminal, request.at) + ' ' + PadRight(SubjectOf(request), kSubjectWidth) +
      ' ' + Coloured(ColourOf(request.level), status) + PadLeft(SizeOf(request), kSizeWidth) +
      PadLeft(DurationOf(request), kDurationWidth);
  if (!request.video_id.empty()) {
    line += "  " + Coloured(kDim, "video " + std::string(request.video_id));
  }
  return line;
}

// JSON has to be UTF-8.
std::string ForJson(std::string_view text) {
  return IsUtf8(text) ? std::string(text) : Printable(text);
}

void AddText(JsonText& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.Text(name, ForJson(text));
}

std::int64_t Micros(std::chrono::nanoseconds time) {
  return std::chrono::floor<std::chrono::microseconds>(time).count();
}

std::string JsonOf(const LoggedRequest& request) {
  JsonText json;
  json.Text("time", FormatMillis(request.at)).Text("level", request.level);
  json.Text("event", "request").Number("id", static_cast<std::int64_t>(request.id));
  if (request.operation) json.Text("operation", Name(*request.operation));
  json.Text("method", ForJson(request.method)).Text("url", ForJson(request.target));
  json.Number("status", request.status)
      .Number("requestBytes", static_cast<std::int64_t>(request.request_bytes))
      .Number("responseBytes", static_cast<std::int64_t>(request.response_bytes))
      .Number("durationMicros", Micros(request.duration));
  AddText(json, "videoId", request.video_id);
  AddText(json, "because", request.because);
  AddText(json, "hint", request.hint);
  AddText(json, "explainUrl", request.explain_url);
  AddText(json, "route", request.route);
  AddText(json, "stringToSign", request.string_to_sign);
  if (request.sql_time) json.Number("sqlMicros", Micros(*request.sql_time));
  return json.Finish();
}

}  // namespace

LogStyle ChooseLogStyle(std::string_view format) {
  if (format == "json") return LogStyle::kJson;
  const char* const no_colour = std::getenv("NO_COLOR");
  const bool is_plain = no_colour != nullptr && *no_colour != '\0';
  return is_plain || ::isatty(STDERR_FILENO) == 0 ? LogStyle::kPlain : LogStyle::kTerminal;
}

std::string FormatLine(LogStyle style, Time at, std::string_view level, std::string_view line) {
  if (style == LogStyle::kJson) {
    return JsonText()
        .Text("time", FormatMillis(at))
        .Text("level", level)
        .Text("message", ForJson(line))
        .Finish();
  }
  const std::string shown =
      style == LogStyle::kTerminal ? Coloured(ColourOf(level), level) : std::string(level);
  return TimeOf(style, at) + ' ' + shown + ' ' + Printable(line);
}

std::string FormatRequest(LogStyle style, const LoggedRequest& request) {
  if (style == LogStyle::kJson) return JsonOf(request);
  std::string text = style == LogStyle::kTerminal ? TerminalTextOf(request) : PlainTextOf(request);
  if (!request.because.empty()) text.append(kIndent).append(ReasonOf(request));
  if (const auto details = DetailsOf(request); !details.empty()) {
    text.append(kIndent).append(details);
  }
  return text;
}

}  // namespace msc
