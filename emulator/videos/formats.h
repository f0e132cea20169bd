#pragma once

#include <span>
#include <string_view>

namespace msc::videos {

// A file format that the service accepts.
struct Format {
  std::string_view extension;  // In lower case, without the dot.
  std::string_view mime_type;
};

// In the service's order.
std::span<const Format> Formats();

}  // namespace msc::videos
