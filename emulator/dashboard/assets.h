#pragma once

#include <span>
#include <string_view>

namespace msc::dashboard {

// A file of the page, part of the program.
struct Asset {
  std::string_view path;  // Below page/: "script/main.js".
  std::string_view type;  // For Content-Type.
  std::string_view etag;  // A hash of the bytes, in quotes.
  std::string_view bytes;
};

// All of them, sorted by path.
std::span<const Asset> Assets();

}  // namespace msc::dashboard
