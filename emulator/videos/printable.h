#pragma once

#include <algorithm>
#include <string_view>

namespace msc::videos {

// Whether it is a printable ASCII character other than a space.
inline bool IsVisible(char c) { return c > ' ' && c <= '~'; }

// Whether `text` can be sent back in a header safely: not empty, at most `longest` characters, all
// of them printable ASCII.
inline bool IsEchoable(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace msc::videos
