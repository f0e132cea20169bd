#include "emulator/http/byte_range.h"

#include <algorithm>

#include "emulator/base/text.h"

namespace msc::http {
namespace {

constexpr std::string_view kBytesUnit = "bytes=";

}  // namespace

std::optional<ByteRange> RangeRequest::Within(std::uint64_t size) const {
  if (!first && last && *last > 0 && size > 0) {
    const std::uint64_t length = std::min(*last, size);
    return ByteRange{.first = size - length, .length = length};
  }
  if (!first || *first >= size) return std::nullopt;
  const std::uint64_t end = std::min(last.value_or(size - 1), size - 1);
  return ByteRange{.first = *first, .length = end - *first + 1};
}

std::optional<RangeRequest> ParseRange(std::string_view text) {
  if (!EqualsIgnoringCase(text.substr(0, kBytesUnit.size()), kBytesUnit)) return std::nullopt;
  text = Trim(text.substr(kBytesUnit.size()));
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto left = text.substr(0, dash), right = text.substr(dash + 1);
  const RangeRequest range{.first = ParseUnsigned(left), .last = ParseUnsigned(right)};
  const bool formed =
      (range.first || left.empty()) && (range.last || right.empty()) && (range.first || range.last);
  if (!formed || (range.first && range.last && *range.last < *range.first)) return std::nullopt;
  return range;
}

}  // namespace msc::http
