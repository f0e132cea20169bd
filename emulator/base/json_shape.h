#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace msc {

// The limits of JSON that comes from outside. The parser's time grows with the square of an
// object's members, and its destructor is recursive.
inline constexpr std::size_t kMostJsonMembers = 1000;  // Of one object, repeated ones included.
inline constexpr std::size_t kDeepestJson = 64;

// How `text` exceeds the limits, in words; nullopt: it does not. To be asked before it is parsed;
// it need not be valid JSON.
std::optional<std::string> JsonShapeProblem(std::string_view text);

}  // namespace msc
