#include "storage_stub/protocol/unsupported.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "emulator/base/text.h"
#include "storage_stub/protocol/refusals.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// Values of `comp`.
constexpr std::array<std::string_view, 7> kServed = {"",     "acl",      "block",     "blocklist",
                                                     "list", "metadata", "properties"};
constexpr std::array<std::string_view, 20> kNotServed = {"appendblock",
                                                         "batch",
                                                         "blobs",
                                                         "copy",
                                                         "expiry",
                                                         "immutabilitypolicies",
                                                         "incrementalcopy",
                                                         "lease",
                                                         "legalhold",
                                                         "page",
                                                         "pagelist",
                                                         "query",
                                                         "rename",
                                                         "seal",
                                                         "snapshot",
                                                         "stats",
                                                         "tags",
                                                         "tier",
                                                         "undelete",
                                                         "userdelegationkey"};

constexpr std::array<std::string_view, 2> kParametersNotServed = {wire::kSnapshot,
                                                                  wire::kVersionId};

constexpr std::array<std::string_view, 7> kHeadersNotServed = {
    "x-ms-encryption-key", "x-ms-encryption-scope", "x-ms-tags",
    "x-ms-legal-hold",     "x-ms-structured-body",  "x-ms-immutability-policy-until-date",
    "x-ms-expiry-option"};

template <typename List>
bool Contains(const List& list, std::string_view value) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view entry) { return EqualsIgnoringCase(entry, value); });
}

Status CheckParameters(const http::Request& request) {
  for (const auto& [name, value] : request.parameters()) {
    if (Contains(kParametersNotServed, name)) {
      return BadParameter(StorageError::kUnsupportedQueryParameter, name, value);
    }
    if (!EqualsIgnoringCase(name, wire::kComp) || Contains(kServed, value)) continue;
    return BadParameter(Contains(kNotServed, value) ? StorageError::kUnsupportedQueryParameter
                                                    : StorageError::kInvalidQueryParameterValue,
                        name, value);
  }
  return Done{};
}

}  // namespace

Status CheckSupported(const http::Request& request) {
  if (auto parameters = CheckParameters(request); !parameters) return parameters.error();
  for (const auto& header : request.headers) {
    const bool other_tier = EqualsIgnoringCase(header.name, wire::kAccessTier) &&
                            !EqualsIgnoringCase(header.value, wire::kHot);
    if (other_tier || Contains(kHeadersNotServed, header.name)) {
      return BadHeader(StorageError::kUnsupportedHeader, header.name, header.value);
    }
    if (EqualsIgnoringCase(header.name, wire::kLeaseId)) {
      return Error{StorageError::kLeaseNotPresent, "nothing here is ever leased"};
    }
  }
  return Done{};
}

}  // namespace msc::storage
