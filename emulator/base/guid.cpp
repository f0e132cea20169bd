#include "emulator/base/guid.h"

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"

namespace msc {
namespace {

constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

}  // namespace

std::string NewGuid(Random& random) {
  Bytes bytes = random.Next(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string hex = HexEncode(bytes);

  std::string guid;
  guid.reserve(kShape.size());
  for (std::size_t digit = 0; const char c : kShape) guid += c == '-' ? '-' : hex[digit++];
  return guid;
}

std::optional<std::string> ParseGuid(std::string_view text) {
  if (text.size() != kShape.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kShape[i] == '-' ? text[i] != '-' : !HexDigit(text[i])) return std::nullopt;
  }
  return ToLower(text);
}

}  // namespace msc
