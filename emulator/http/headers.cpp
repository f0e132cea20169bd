#include "emulator/http/headers.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "emulator/base/text.h"

namespace msc::http {
namespace {

constexpr std::uint64_t EightTimes(unsigned char byte) {
  return std::uint64_t{0x0101010101010101} * byte;
}

// Whether one of the eight characters is below a blank or is 0x7F. Source: "Bit Twiddling Hacks",
// https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
bool HasControl(std::uint64_t word) {
  const std::uint64_t below_blank = (word - EightTimes(' ')) & ~word;
  const std::uint64_t rest = word ^ EightTimes(0x7F);
  return ((below_blank | ((rest - EightTimes(1)) & ~rest)) & EightTimes(0x80)) != 0;
}

}  // namespace

std::optional<std::string_view> Find(const Headers& headers, std::string_view name) {
  for (const auto& header : headers) {
    if (header.name.size() == name.size() && EqualsIgnoringCase(header.name, name))
      return header.value;
  }
  return std::nullopt;
}

// The headers of all requests and responses are looked at: eight characters at a time.
bool IsHeaderText(std::string_view text) {
  std::uint64_t word = 0;
  for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    if (HasControl(word)) return false;
  }
  return std::none_of(text.begin(), text.end(), IsControl);
}

}  // namespace msc::http
