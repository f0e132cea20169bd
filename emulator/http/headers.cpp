#include "emulator/http/headers.h"

#include <algorithm>

#include "emulator/base/text.h"

namespace msc::http {

std::optional<std::string_view> Find(const Headers& headers, std::string_view name) {
  for (const auto& header : headers) {
    if (EqualsIgnoringCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

bool IsHeaderText(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

}  // namespace msc::http
