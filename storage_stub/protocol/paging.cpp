#include "storage_stub/protocol/paging.h"

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxResults = 5000;

}  // namespace

Result<PageRequest> ReadPageRequest(const http::Request& request) {
  PageRequest page{.prefix = request.parameter(wire::kPrefix).value_or(""),
                   .marker = request.parameter(wire::kMarker).value_or("")};
  const auto from = Base64Decode(page.marker);
  if (!from) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kMarker, page.marker);
  }
  page.from = *from;
  const auto max_results = request.parameter(wire::kMaxResults);
  if (!max_results) return page;
  const bool is_negative = max_results->starts_with('-') && ParseUnsigned(max_results->substr(1));
  const auto number = is_negative ? std::uint64_t{0} : ParseUnsigned(*max_results);
  if (!number) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kMaxResults, *max_results);
  }
  if (*number == 0) {
    return BadParameter(StorageError::kOutOfRangeQueryParameterValue, wire::kMaxResults,
                        *max_results);
  }
  page.max_results = std::min(*number, kMaxResults);
  page.has_max_results = true;
  return page;
}

std::string MarkerOf(std::string_view name) { return Base64Encode(name); }

std::string Behind(std::string_view name) { return std::string(name) + '\x01'; }

std::string BehindAll(std::string_view prefix) { return std::string(prefix) + '\xFF'; }

}  // namespace msc::storage
