#include "emulator/http/method.h"

#include <algorithm>
#include <array>

namespace msc::http {
namespace {

constexpr std::array<std::string_view, 10> kNames = {
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "MERGE", "TRACE", "CONNECT"};

}  // namespace

std::string_view Name(Method method) { return kNames.at(static_cast<std::size_t>(method)); }

std::optional<Method> ParseMethod(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Method>(found - kNames.begin());
}

}  // namespace msc::http
