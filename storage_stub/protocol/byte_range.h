#pragma once

#include <cstdint>
#include <optional>

#include "emulator/base/result.h"
#include "emulator/http/byte_range.h"
#include "emulator/http/request.h"

namespace msc::storage {

// kInvalidRange if a blob of `size` bytes has no byte in the range.
Result<http::ByteRange> RangeWithin(const http::RangeRequest& range, std::uint64_t size);

// The range of `x-ms-range`, or else of `Range`. nullopt: the whole blob; HTTP prescribes that also
// for an invalid `Range`. kInvalidHeaderValue for an invalid `x-ms-range`.
Result<std::optional<http::RangeRequest>> ReadRange(const http::Request& request);

// The range of `x-ms-source-range`; nullopt: all of the source. kInvalidHeaderValue.
Result<std::optional<http::RangeRequest>> ReadSourceRange(const http::Request& request);

}  // namespace msc::storage
