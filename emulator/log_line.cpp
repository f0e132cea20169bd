#include "emulator/log_line.h"

#include <algorithm>

#include "emulator/base/encoding.h"

namespace msc {
namespace {

bool IsPlain(char c) { return c >= ' ' && c <= '~'; }

// The second byte of U+0080 to U+009F, control characters that terminals know.
bool IsControlInUtf8(char before, char c) {
  return before == '\xC2' && static_cast<unsigned char>(c) < 0xA0;
}

void AppendPart(std::string& line, std::string_view part, std::string_view separator) {
  if (part.empty()) return;
  if (!line.empty()) line += separator;
  line += part;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string out(text);
  if (std::all_of(text.begin(), text.end(), IsPlain)) return out;
  out.clear();
  const bool is_utf8 = IsUtf8(text);
  char before = ' ';
  for (const char c : text) {
    const bool is_ascii = static_cast<unsigned char>(c) < 0x80;
    if (c == '\n') {
      out += "\\n";
    } else if (is_ascii ? IsPlain(c) : is_utf8 && !IsControlInUtf8(before, c)) {
      out += c;
    } else {
      if (IsControlInUtf8(before, c) && is_utf8) out.pop_back();
      out += '?';
    }
    before = c;
  }
  return out;
}

std::string SubjectOf(const LoggedRequest& request) {
  if (request.operation) return std::string(Name(*request.operation));
  return Printable(std::string(request.method) + ' ' + std::string(request.target));
}

std::string SizeOf(const LoggedRequest& request) {
  const auto bytes = request.request_bytes > 0 ? request.request_bytes : request.response_bytes;
  return std::to_string(bytes) + " B";
}

std::string DurationOf(const LoggedRequest& request) {
  const auto tenths = request.duration / std::chrono::microseconds(100);
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " ms";
}

std::string ReasonOf(const LoggedRequest& request) {
  std::string reason = Printable(request.because);
  AppendPart(reason, Printable(request.hint), "; ");
  if (!request.explain_url.empty()) AppendPart(reason, request.explain_url, "; see ");
  return reason;
}

std::string DetailsOf(const LoggedRequest& request) {
  if (!request.sql_time) return {};
  const auto micros = std::chrono::floor<std::chrono::microseconds>(*request.sql_time).count();
  std::string details = request.route.empty() ? "" : "route " + std::string(request.route);
  AppendPart(details, "SQL " + std::to_string(micros) + " us", ", ");
  if (!request.string_to_sign.empty()) {
    AppendPart(details, "string to sign \"" + Printable(request.string_to_sign) + '"', ", ");
  }
  return details;
}

std::string LogLine(const LoggedRequest& request) {
  std::string line = SubjectOf(request) + ' ' + std::to_string(request.status) + ", " +
                     SizeOf(request) + ", " + DurationOf(request);
  if (!request.video_id.empty()) line.append(", video ").append(request.video_id);
  AppendPart(line, ReasonOf(request), ": ");
  AppendPart(line, DetailsOf(request), "; ");
  return line;
}

}  // namespace msc
