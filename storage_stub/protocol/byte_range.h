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

// A range as a client asks for it, before it is known how long the blob is.
struct RangeRequest {
  std::optional<std::uint64_t> first;  // nullopt: the last `last` bytes.
  std::optional<std::uint64_t> last;   // Inclusive; nullopt: to the end.

  // kInvalidRange where a blob of `size` bytes has none of them.
  Result<ByteRange> Within(std::uint64_t size) const;

  friend bool operator==(const RangeRequest&, const RangeRequest&) = default;
};

// The one range of `x-ms-range` or, where that is absent, of `Range`; nullopt: the whole blob,
// which HTTP also prescribes where a `Range` cannot be understood. kInvalidHeaderValue where an
// `x-ms-range` cannot.
Result<std::optional<RangeRequest>> ReadRange(const http::Request& request);

}  // namespace msc::storage
