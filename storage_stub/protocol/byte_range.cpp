#include "storage_stub/protocol/byte_range.h"

#include <algorithm>
#include <string>

#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kUnit = "bytes=";

// "bytes=0-9", "bytes=5-" or "bytes=-5".
std::optional<RangeRequest> Parse(std::string_view text) {
  if (!EqualsIgnoringCase(text.substr(0, kUnit.size()), kUnit)) return std::nullopt;
  text = Trim(text.substr(kUnit.size()));
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto left = text.substr(0, dash), right = text.substr(dash + 1);
  const RangeRequest range{.first = ParseUnsigned(left), .last = ParseUnsigned(right)};
  const bool formed =
      (range.first || left.empty()) && (range.last || right.empty()) && (range.first || range.last);
  if (!formed || (range.first && range.last && *range.last < *range.first)) return std::nullopt;
  return range;
}

}  // namespace

Result<ByteRange> RangeRequest::Within(std::uint64_t size) const {
  if (!first && last && *last > 0 && size > 0) {
    const std::uint64_t length = std::min(*last, size);
    return ByteRange{.first = size - length, .length = length};
  }
  if (!first || *first >= size) {
    return Error{.code = StorageError::kInvalidRange,
                 .message = "the blob has " + std::to_string(size) + " bytes",
                 .facts = ResourceSize{size}};
  }
  const std::uint64_t end = std::min(last.value_or(size - 1), size - 1);
  return ByteRange{.first = *first, .length = end - *first + 1};
}

Result<std::optional<RangeRequest>> ReadRange(const http::Request& request) {
  if (const auto own = request.header(wire::kServiceRange); own && !own->empty()) {
    const auto range = Parse(*own);
    if (!range) return BadHeader(StorageError::kInvalidHeaderValue, wire::kServiceRange, *own);
    return range;
  }
  return Parse(request.header(wire::kRange).value_or(""));
}

}  // namespace msc::storage
