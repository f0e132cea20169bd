#include "emulator/http/head.h"

#include <algorithm>
#include <array>

#include "emulator/base/text.h"
#include "emulator/http/headers.h"
#include "emulator/http/request.h"

namespace msc::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

constexpr auto kIsTokenCharacter = [] {
  std::array<bool, 256> is_one{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "abcdefghijklmnopqrstuvwxyz")) {
    is_one[static_cast<unsigned char>(c)] = true;
  }
  return is_one;
}();

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return kIsTokenCharacter[static_cast<unsigned char>(c)];
  });
}

bool IsTarget(std::string_view text) {
  return IsHeaderText(text) && text.find(' ') == text.npos && text.find('#') == text.npos;
}

// Tabs are allowed, and rare.
bool IsValue(std::string_view text) {
  return IsHeaderText(text) ||
         std::all_of(text.begin(), text.end(), [](char c) { return c == '\t' || !IsControl(c); });
}

// Removes the text up to the next CRLF from the front and returns it.
std::string_view TakeLine(std::string_view& text) {
  const auto end = text.find(kLineEnd);
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), line.size() + kLineEnd.size()));
  return line;
}

// Whether a comma-separated header value names `token`.
bool Lists(std::string_view value, std::string_view token) {
  const auto parts = Split(value, ',');
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return EqualsIgnoringCase(Trim(part), token); });
}

using Verdict = std::optional<BadHead>;  // Empty: no error.

Verdict ParseVersion(std::string_view version, Head& head) {
  head.is_1_0 = version == "HTTP/1.0";
  if (head.is_1_0 || version == "HTTP/1.1") return {};
  const bool other = version.size() == 8 && version.starts_with("HTTP/") && IsDigit(version[5]) &&
                     version[6] == '.' && IsDigit(version[7]);
  if (other) return BadHead{505, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
  return BadHead{400, "the request line does not end in an HTTP version"};
}

Verdict ParseTarget(std::string_view target, Head& head) {
  if (!IsTarget(target)) {
    return BadHead{400, "the request target has a character that must be percent-encoded"};
  }
  if (target.starts_with('/') || (target == "*" && head.method == Method::kOptions)) {
    head.target = target;
    return {};
  }
  constexpr std::string_view kSchemeEnd = "://";
  const auto scheme_size = target.find(kSchemeEnd);
  const std::string scheme = ToLower(target.substr(0, scheme_size));
  if (scheme_size == std::string_view::npos || (scheme != "http" && scheme != "https")) {
    return BadHead{400, "the request target is neither a path nor a URL"};
  }
  target.remove_prefix(scheme_size + kSchemeEnd.size());
  const auto path = std::min(target.find_first_of("/?"), target.size());
  head.authority = target.substr(0, path);
  if (!IsAuthority(head.authority)) return BadHead{400, "the URL names no valid host"};
  head.target = target.substr(path);
  if (!head.target.starts_with('/')) head.target.insert(0, "/");
  return {};
}

Verdict ParseRequestLine(std::string_view line, Head& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return BadHead{400, "the request line is not: method, target, version"};
  }
  const auto method_name = line.substr(0, first);
  if (!IsToken(method_name)) return BadHead{400, "the method is no token"};
  if (auto bad = ParseVersion(line.substr(last + 1), head)) return bad;
  const auto method = ParseMethod(method_name);
  if (!method || *method == Method::kConnect) {
    return BadHead{501, "this method is not served here"};
  }
  head.method = *method;
  return ParseTarget(line.substr(first + 1, last - first - 1), head);
}

Verdict ParseHeaderLine(std::string_view line, Headers& headers) {
  if (line.size() + kLineEnd.size() > kMaxHeaderLine) {
    return BadHead{431, "a header line is longer than 16 KiB"};
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !IsToken(line.substr(0, colon))) {
    return BadHead{400, "a header line has no valid name before its colon"};
  }
  const auto value = Trim(line.substr(colon + 1));
  if (!IsValue(value)) {
    return BadHead{400, "a header value has a control character"};
  }
  headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
  return {};
}

Verdict TakeHost(std::string_view value, Head& head, int& hosts) {
  if (++hosts > 1) return BadHead{400, "more than one Host header"};
  if (!IsAuthority(value)) return BadHead{400, "Host is not a host name with an optional port"};
  if (head.authority.empty()) head.authority = value;
  return {};
}

Verdict TakeLength(std::string_view value, Head& head) {
  if (head.content_length) return BadHead{400, "more than one Content-Length"};
  head.content_length = ParseUnsigned(value);
  if (!head.content_length) return BadHead{400, "Content-Length is not a decimal number"};
  return {};
}

Verdict TakeCoding(std::string_view value, Head& head) {
  if (head.chunked) return BadHead{400, "more than one Transfer-Encoding"};
  if (!EqualsIgnoringCase(value, "chunked")) {
    return BadHead{501, "the only transfer coding served here is chunked"};
  }
  head.chunked = true;
  return {};
}

Verdict TakeExpectation(std::string_view value, Head& head) {
  if (!EqualsIgnoringCase(value, "100-continue")) {
    return BadHead{417, "the only expectation served here is 100-continue"};
  }
  head.expects_continue = true;
  return {};
}

// Reads what the headers say about the body and the connection.
Verdict Interpret(Head& head) {
  int hosts = 0;
  bool asks_to_close = false;
  bool asks_to_keep = false;
  for (const auto& [name, value] : head.headers) {
    Verdict bad;
    if (EqualsIgnoringCase(name, "Host")) bad = TakeHost(value, head, hosts);
    if (EqualsIgnoringCase(name, "Content-Length")) bad = TakeLength(value, head);
    if (EqualsIgnoringCase(name, "Transfer-Encoding")) bad = TakeCoding(value, head);
    if (EqualsIgnoringCase(name, "Expect") && !head.is_1_0) bad = TakeExpectation(value, head);
    if (EqualsIgnoringCase(name, "Connection")) {
      asks_to_close |= Lists(value, "close");
      asks_to_keep |= Lists(value, "keep-alive");
    }
    if (bad) return bad;
  }
  head.keep_alive = !asks_to_close && (!head.is_1_0 || asks_to_keep);
  if (hosts == 0 && !head.is_1_0) return BadHead{400, "HTTP/1.1 needs a Host header"};
  if (head.chunked && head.content_length) {
    return BadHead{400, "both Content-Length and Transfer-Encoding"};
  }
  if (head.chunked && head.is_1_0) return BadHead{400, "HTTP/1.0 has no Transfer-Encoding"};
  return {};
}

}  // namespace

std::variant<std::size_t, BadHead> FindHeadEnd(std::string_view received, std::size_t& scanned) {
  for (;; ++scanned) {
    scanned = std::min(received.find('\n', scanned), received.size());
    if (scanned == received.size()) break;
    if (scanned == 0 || received[scanned - 1] != '\r') {
      return BadHead{400, "a line of the head ends in a bare line feed"};
    }
    if (scanned >= 3 && received.substr(scanned - 3, 4) == "\r\n\r\n") {
      if (scanned + 1 > kMaxHead) break;
      return ++scanned;
    }
  }
  const auto line = received.substr(0, kMaxRequestLine);
  if (line.size() == kMaxRequestLine && line.find(kLineEnd) == std::string_view::npos) {
    return BadHead{414, "the request line is longer than 16 KiB"};
  }
  if (received.size() > kMaxHead) return BadHead{431, "the head is longer than 64 KiB"};
  return std::size_t{0};
}

std::variant<Head, BadHead> ParseHead(std::string_view text) {
  Head head;
  const auto request_line = TakeLine(text);
  if (request_line.size() + kLineEnd.size() > kMaxRequestLine) {
    return BadHead{414, "the request line is longer than 16 KiB"};
  }
  if (auto bad = ParseRequestLine(request_line, head)) return *std::move(bad);
  for (;;) {
    const auto line = TakeLine(text);
    if (line.empty()) break;
    if (auto bad = ParseHeaderLine(line, head.headers)) return *std::move(bad);
  }
  if (auto bad = Interpret(head)) return *std::move(bad);
  return head;
}

}  // namespace msc::http
