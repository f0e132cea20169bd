#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace msc::http {

// One header line. The value is as on the wire, without blanks around it.
struct Header {
  std::string name;
  std::string value;

  friend bool operator==(const Header&, const Header&) = default;
};

// Header lines in the order given, repeated where given.
using Headers = std::vector<Header>;

// The value of the first line called `name`, whatever its case; nullopt where there is none.
std::optional<std::string_view> Find(const Headers& headers, std::string_view name);

// Whether `text` can be the value of a header: no control characters.
bool IsHeaderText(std::string_view text);

}  // namespace msc::http
