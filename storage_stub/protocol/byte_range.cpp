#include "storage_stub/protocol/byte_range.h"

#include <string>

#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// nullopt without the header `name`. kInvalidHeaderValue.
Result<std::optional<http::RangeRequest>> ReadStrictly(const http::Request& request,
                                                       const char* name) {
  const auto text = request.header(name).value_or("");
  if (text.empty()) return std::optional<http::RangeRequest>();
  const auto range = http::ParseRange(text);
  if (!range) return BadHeader(StorageError::kInvalidHeaderValue, name, text);
  return range;
}

}  // namespace

Result<http::ByteRange> RangeWithin(const http::RangeRequest& range, std::uint64_t size) {
  if (const auto within = range.Within(size)) return *within;
  return Error{.code = StorageError::kInvalidRange,
               .message = "the blob has " + std::to_string(size) + " bytes",
               .facts = ResourceSize{size}};
}

Result<std::optional<http::RangeRequest>> ReadRange(const http::Request& request) {
  auto own = ReadStrictly(request, wire::kServiceRange);
  if (!own || own->has_value()) return own;
  return http::ParseRange(request.header(wire::kRange).value_or(""));
}

Result<std::optional<http::RangeRequest>> ReadSourceRange(const http::Request& request) {
  return ReadStrictly(request, wire::kSourceRange);
}

}  // namespace msc::storage
