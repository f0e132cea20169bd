#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

// Ranges of bytes. Source: RFC 9110, "HTTP Semantics", section 14,
// https://www.rfc-editor.org/rfc/rfc9110
namespace msc::http {

// Bytes of a representation.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

// A range in the form of a request, for a representation of unknown length.
struct RangeRequest {
  std::optional<std::uint64_t> first;  // nullopt: the last `last` bytes.
  std::optional<std::uint64_t> last;   // Inclusive; nullopt: to the end.

  // nullopt if `size` bytes have none in the range.
  std::optional<ByteRange> Within(std::uint64_t size) const;

  friend bool operator==(const RangeRequest&, const RangeRequest&) = default;
};

// "bytes=0-9", "bytes=5-" or "bytes=-5"; nullopt for anything else, such as several ranges.
std::optional<RangeRequest> ParseRange(std::string_view text);

}  // namespace msc::http
