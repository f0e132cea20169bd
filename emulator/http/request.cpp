#include "emulator/http/request.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <stdexcept>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/http/stop_signal.h"

namespace msc::http {
namespace {

std::string DecodeParameter(std::string_view text) {
  const bool is_escaped = text.find('%') != std::string_view::npos;
  if (text.find('+') == std::string_view::npos) {
    return is_escaped ? PercentDecode(text).value_or(std::string(text)) : std::string(text);
  }
  std::string with_blanks(text);
  std::replace(with_blanks.begin(), with_blanks.end(), '+', ' ');
  return is_escaped ? PercentDecode(with_blanks).value_or(std::string(text)) : with_blanks;
}

bool IsPort(std::string_view text) {
  const auto port = ParseUnsigned(text);
  return port && *port <= 65535;
}

bool IsLabel(std::string_view text) {
  return !text.empty() && text.size() <= 63 && std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlphanumeric(c) || c == '-' || c == '_';
  });
}

bool IsHostName(std::string_view text) {
  if (text.size() > 253) return false;
  if (text.ends_with('.')) text.remove_suffix(1);  // The root of all names.
  const auto labels = Split(text, '.');
  return std::all_of(labels.begin(), labels.end(), IsLabel);
}

bool IsBracketedAddress(std::string_view text) {
  if (!text.starts_with('[') || !text.ends_with(']')) return false;
  const std::string address(text.substr(1, text.size() - 2));
  in6_addr parsed{};
  return address.find('\0') == std::string::npos &&
         ::inet_pton(AF_INET6, address.c_str(), &parsed) == 1;
}

// The position of the port's colon; npos if there is none.
std::size_t PortColon(std::string_view authority) {
  const auto colon = authority.rfind(':');
  const auto bracket = authority.rfind(']');
  if (colon == std::string_view::npos) return colon;
  return bracket != std::string_view::npos && bracket > colon ? std::string_view::npos : colon;
}

}  // namespace

std::string_view PathOf(std::string_view target) { return target.substr(0, target.find('?')); }

std::string_view Request::path() const { return PathOf(target); }

std::string_view Request::query() const {
  const auto mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

bool Request::IsUnwanted() const {
  return (stop != nullptr && stop->IsSet()) || (is_client_gone && is_client_gone());
}

const std::string& Request::capture(std::string_view name) const {
  const auto found = std::find_if(captures.begin(), captures.end(),
                                  [&](const auto& capture) { return capture.first == name; });
  if (found == captures.end()) {
    throw std::logic_error("the route captures nothing called " + std::string(name));
  }
  return found->second;
}

const QueryParameters& DecodedQuery::Of(std::string_view query) const {
  if (query == query_) return parameters_;
  query_ = query;
  parameters_.clear();
  const auto parts = Split(query, '&');
  parameters_.reserve(parts.size());
  for (const auto part : parts) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    const auto value = equals == std::string_view::npos ? "" : part.substr(equals + 1);
    parameters_.emplace_back(DecodeParameter(part.substr(0, equals)), DecodeParameter(value));
  }
  return parameters_;
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters()) {
    if (key.size() == name.size() && EqualsIgnoringCase(key, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> Request::raw_parameter(std::string_view name) const {
  for (const auto part : Split(query(), '&')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    if (EqualsIgnoringCase(DecodeParameter(part.substr(0, equals)), name)) {
      return part.substr(equals + 1);
    }
  }
  return std::nullopt;
}

std::string Request::host() const {
  const std::string_view name = std::string_view(authority).substr(0, PortColon(authority));
  if (name.starts_with('[')) return std::string(name.substr(1, name.size() - 2));
  return std::string(name);
}

std::string_view Request::port() const {
  const auto colon = PortColon(authority);
  return colon == std::string::npos ? "" : std::string_view(authority).substr(colon + 1);
}

bool IsAuthority(std::string_view authority) {
  const auto colon = PortColon(authority);
  const auto name = authority.substr(0, colon);
  if (colon != std::string_view::npos && !IsPort(authority.substr(colon + 1))) return false;
  return IsHostName(name) || IsBracketedAddress(name);
}

}  // namespace msc::http
