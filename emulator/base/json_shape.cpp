#include "emulator/base/json_shape.h"

#include <algorithm>
#include <vector>

namespace msc {
namespace {

// The text after the string that `rest` is inside of.
std::string_view AfterString(std::string_view rest) {
  for (;;) {
    const auto stop = rest.find_first_of("\"\\");
    if (stop == std::string_view::npos) return {};
    const bool is_escape = rest[stop] == '\\';
    rest.remove_prefix(std::min(stop + (is_escape ? 2 : 1), rest.size()));
    if (!is_escape) return rest;
  }
}

}  // namespace

std::optional<std::string> JsonShapeProblem(std::string_view text) {
  std::vector<std::size_t> members;  // Of each object or array that is open.
  for (;;) {
    const auto mark = text.find_first_of("\"{}[]:");
    if (mark == std::string_view::npos) return std::nullopt;
    const char c = text[mark];
    text.remove_prefix(mark + 1);
    if (c == '"') {
      text = AfterString(text);
    } else if (c == '{' || c == '[') {
      if (members.size() == kDeepestJson) return "it is nested too deeply";
      members.push_back(0);
    } else if (members.empty()) {
      return std::nullopt;  // The parser stops here.
    } else if (c != ':') {
      members.pop_back();
    } else if (++members.back() > kMostJsonMembers) {
      return "an object has at most " + std::to_string(kMostJsonMembers) + " members";
    }
  }
}

}  // namespace msc
