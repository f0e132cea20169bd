#include "emulator/http/headers.h"

#include <algorithm>

#include "emulator/base/text.h"

namespace msc::http {

std::optional<std::string_view> Find(const Headers& headers, std::string_view name) {
  for (const auto& header : headers) {
    if (header.name.size() == name.size() && EqualsIgnoringCase(header.name, name))
      return header.value;
  }
  return std::nullopt;
}

bool IsHeaderText(std::string_view text) {
  bool has_control = false;  // Looks at all of it: so the compiler can look at many at once.
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    has_control |= byte < 0x20 || byte == 0x7F;
  }
  return !has_control;
}

}  // namespace msc::http
