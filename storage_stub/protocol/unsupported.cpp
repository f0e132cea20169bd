#include "storage_stub/protocol/unsupported.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// Values of `comp` that the service has.
constexpr std::array<std::string_view, 26> kComps = {"acl",
                                                     "appendblock",
                                                     "batch",
                                                     "blobs",
                                                     "block",
                                                     "blocklist",
                                                     "copy",
                                                     "expiry",
                                                     "immutabilitypolicies",
                                                     "incrementalcopy",
                                                     "lease",
                                                     "legalhold",
                                                     "list",
                                                     "metadata",
                                                     "page",
                                                     "pagelist",
                                                     "properties",
                                                     "query",
                                                     "rename",
                                                     "seal",
                                                     "snapshot",
                                                     "stats",
                                                     "tags",
                                                     "tier",
                                                     "undelete",
                                                     "userdelegationkey"};

// They would change the meaning of the request.
constexpr std::array<std::string_view, 2> kParametersNotServed = {"deletetype", "showonly"};

constexpr std::array<std::string_view, 3> kHeadersNotServed = {
    // Retention.
    "x-ms-expiry-option", "x-ms-expiry-time",
    // Another form of bodies.
    "x-ms-structured-body"};

// Headers that may have only one value: the one that describes what happens anyway.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kOneValueServed = {
    {{wire::kCopySourceProperties, wire::kTrue}}};

template <typename List>
bool Contains(const List& list, std::string_view value) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
    return entry.size() == value.size() && EqualsIgnoringCase(entry, value);
  });
}

Status CheckParameters(const http::Request& request, const std::vector<std::string>& served) {
  for (const auto& [name, value] : request.parameters()) {
    if (Contains(kParametersNotServed, name)) {
      return BadParameter(StorageError::kUnsupportedQueryParameter, name, value);
    }
    const bool is_comp = EqualsIgnoringCase(name, wire::kComp) && !value.empty();
    if (!is_comp || Contains(served, value)) continue;
    if (Contains(kComps, value)) return NotServed(value);
    return BadParameter(StorageError::kInvalidQueryParameterValue, name, value);
  }
  return Done{};
}

bool HasOtherValue(const http::Header& header) {
  return std::any_of(kOneValueServed.begin(), kOneValueServed.end(), [&](const auto& served) {
    return EqualsIgnoringCase(header.name, served.first) &&
           !EqualsIgnoringCase(header.value, served.second);
  });
}

Status CheckHeaders(const http::Request& request) {
  for (const auto& header : request.headers) {
    if (Contains(kHeadersNotServed, header.name) || HasOtherValue(header)) {
      return BadHeader(StorageError::kUnsupportedHeader, header.name, header.value);
    }
    if (EqualsIgnoringCase(header.name, wire::kVersion) && !IsVersion(header.value)) {
      return BadHeader(StorageError::kInvalidHeaderValue, header.name, header.value);
    }
  }
  return Done{};
}

}  // namespace

Status CheckSupported(const http::Request& request, const std::vector<std::string>& served_comps) {
  if (auto parameters = CheckParameters(request, served_comps); !parameters)
    return parameters.error();
  return CheckHeaders(request);
}

}  // namespace msc::storage
