#include "storage_stub/protocol/paging.h"

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {
namespace {

constexpr std::uint64_t kMaxResults = 5000;

// Ends a text just behind a name: names have no control characters.
constexpr char kBehind = '\x01';

// The beginning of a marker that is not a name.
constexpr std::string_view kEncoded = "2!";

// Whether clients can read `name` from an element and send it back unchanged.
bool IsPlainMarker(std::string_view name) {
  return !name.empty() && name == Trim(name) && FitsXml(name) && !name.starts_with(kEncoded);
}

std::optional<std::string> ReadMarker(std::string_view marker) {
  if (marker.starts_with(kEncoded)) return Base64Decode(marker.substr(kEncoded.size()));
  return marker.empty() ? std::string() : Behind(marker);
}

}  // namespace

Result<PageRequest> ReadPageRequest(const http::Request& request) {
  PageRequest page{.prefix = request.parameter(wire::kPrefix).value_or(""),
                   .marker = request.parameter(wire::kMarker).value_or("")};
  auto from = ReadMarker(page.marker);
  if (!from) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kMarker, page.marker);
  }
  page.from = *std::move(from);
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

std::string MarkerOf(std::string_view from) {
  if (from.empty()) return {};
  if (from.ends_with(kBehind)) {
    const auto name = from.substr(0, from.size() - 1);
    if (IsPlainMarker(name)) return std::string(name);
  }
  return std::string(kEncoded) + Base64Encode(from);
}

std::string Behind(std::string_view name) { return std::string(name) + kBehind; }

std::string BehindAll(std::string_view prefix) { return std::string(prefix) + '\xFF'; }

}  // namespace msc::storage
