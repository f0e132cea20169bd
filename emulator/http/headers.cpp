#include "emulator/http/headers.h"

#include "emulator/base/text.h"

namespace msc::http {

std::optional<std::string_view> Find(const Headers& headers, std::string_view name) {
  for (const auto& header : headers) {
    if (EqualsIgnoringCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

}  // namespace msc::http
