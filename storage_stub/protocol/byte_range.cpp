#include "storage_stub/protocol/byte_range.h"

#include <string>

#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {

Result<http::ByteRange> RangeWithin(const http::RangeRequest& range, std::uint64_t size) {
  if (const auto within = range.Within(size)) return *within;
  return Error{.code = StorageError::kInvalidRange,
               .message = "the blob has " + std::to_string(size) + " bytes",
               .facts = ResourceSize{size}};
}

Result<std::optional<http::RangeRequest>> ReadRange(const http::Request& request) {
  if (const auto own = request.header(wire::kServiceRange); own && !own->empty()) {
    const auto range = http::ParseRange(*own);
    if (!range) return BadHeader(StorageError::kInvalidHeaderValue, wire::kServiceRange, *own);
    return range;
  }
  return http::ParseRange(request.header(wire::kRange).value_or(""));
}

}  // namespace msc::storage
