#pragma once

#include <optional>

#include "emulator/base/result.h"
#include "emulator/http/headers.h"
#include "emulator/http/request.h"
#include "storage_stub/model/tier.h"
#include "storage_stub/protocol/xml.h"

// Tiers in requests and responses.
namespace msc::storage {

// The tier in x-ms-access-tier, and the priority that goes with it; nullopt: there is none.
// kInvalidHeaderValue; kAccessTierNotSupportedForBlobType for a tier of premium accounts.
Result<std::optional<TierChange>> ReadTierChange(const http::Request& request);

// kAccessTierNotSupportedForBlobType if the request has a tier: only block blobs have one.
Status CheckNoTier(const http::Request& request);

// Adds the headers about the tier at the instant of the request.
void AddTier(http::Headers& headers, const TierState& tier);

// Writes the elements of a list.
void WriteTier(XmlWriter& xml, const TierState& tier);

}  // namespace msc::storage
