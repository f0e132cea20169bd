#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "emulator/http/headers.h"

namespace msc::control {

// Headers in one string, so that a thousand records need a thousand allocations and not thirty
// thousand.
class PackedHeaders {
 public:
  PackedHeaders() = default;
  explicit PackedHeaders(const http::Headers& headers) {
    std::size_t size = 0;
    for (const auto& [name, value] : headers) size += name.size() + value.size() + 2;
    text_.reserve(size);
    for (const auto& [name, value] : headers) {
      // Neither can contain a line break: HTTP does not allow it.
      text_.append(name).append(1, '\n').append(value).append(1, '\n');
    }
  }

  http::Headers Unpack() const {
    http::Headers headers;
    for (std::string_view rest = text_; !rest.empty();) {
      std::string name(Take(rest));
      headers.push_back({std::move(name), std::string(Take(rest))});
    }
    return headers;
  }

 private:
  static std::string_view Take(std::string_view& rest) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return line;
  }

  std::string text_;
};

}  // namespace msc::control
