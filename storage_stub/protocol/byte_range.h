#pragma once

#include <cstdint>
#include <optional>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// Bytes of a blob.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

// A range in the form of a request, for a blob of unknown length.
struct RangeRequest {
  std::optional<std::uint64_t> first;  // nullopt: the last `last` bytes.
  std::optional<std::uint64_t> last;   // Inclusive; nullopt: to the end.

  // kInvalidRange if a blob of `size` bytes has no byte in the range.
  Result<ByteRange> Within(std::uint64_t size) const;

  friend bool operator==(const RangeRequest&, const RangeRequest&) = default;
};

// The range of `x-ms-range`, or else of `Range`. nullopt: the whole blob; HTTP prescribes that also
// for an invalid `Range`. kInvalidHeaderValue for an invalid `x-ms-range`.
Result<std::optional<RangeRequest>> ReadRange(const http::Request& request);

}  // namespace msc::storage
