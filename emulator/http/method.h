#pragma once

#include <optional>
#include <string_view>

namespace msc::http {

// The methods of RFC 9110 and RFC 5789, and MERGE, which storage clients use.
enum class Method { kGet, kHead, kPost, kPut, kDelete, kOptions, kPatch, kMerge, kTrace, kConnect };

std::string_view Name(Method method);

// Case-sensitive, as RFC 9110 demands.
std::optional<Method> ParseMethod(std::string_view name);

}  // namespace msc::http
