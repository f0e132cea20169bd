#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace msc::http {

// One header line. The value is as on the wire, without spaces around it.
struct Header {
  std::string name;
  std::string value;

  friend bool operator==(const Header&, const Header&) = default;
};

// Header lines in their order; names may be repeated.
using Headers = std::vector<Header>;

// The value of the first line with that name, in any case; nullopt if there is none.
std::optional<std::string_view> Find(const Headers& headers, std::string_view name);

// Whether `text` is allowed as the value of a header: no control characters.
bool IsHeaderText(std::string_view text);

}  // namespace msc::http
