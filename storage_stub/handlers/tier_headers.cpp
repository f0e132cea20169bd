#include "storage_stub/handlers/tier_headers.h"

#include "emulator/base/text.h"
#include "emulator/base/time_format.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/version.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

Error NotOfThisType() {
  return {StorageError::kAccessTierNotSupportedForBlobType,
          "block blobs have the tiers Hot, Cool, Cold and Archive, and others have none"};
}

Result<bool> ReadUrgency(const http::Request& request) {
  const auto priority = request.header(wire::kRehydratePriority).value_or("");
  if (EqualsIgnoringCase(priority, wire::kHigh)) return true;
  if (priority.empty() || EqualsIgnoringCase(priority, wire::kStandard)) return false;
  return BadHeader(StorageError::kInvalidHeaderValue, wire::kRehydratePriority, priority);
}

bool HasTier(std::string_view version, Tier tier) {
  return tier != Tier::kCold || version.empty() || version >= kColdTier;
}

}  // namespace

Result<std::optional<TierChange>> ReadTierChange(const http::Request& request) {
  const auto urgency = ReadUrgency(request);
  if (!urgency) return urgency.error();
  const auto name = request.header(wire::kAccessTier).value_or("");
  if (name.empty()) return std::optional<TierChange>();
  if (IsPremiumTier(name)) return NotOfThisType();
  const auto tier = ParseTier(name);
  if (!tier || !HasTier(RequestedVersion(request), *tier)) {
    return BadHeader(StorageError::kInvalidHeaderValue, wire::kAccessTier, name);
  }
  return std::optional(TierChange{.tier = *tier, .is_urgent = *urgency});
}

Status CheckNoTier(const http::Request& request) {
  if (request.header(wire::kAccessTier).value_or("").empty()) return Done{};
  return NotOfThisType();
}

// Source: "Get Blob Properties",
// https://learn.microsoft.com/en-us/rest/api/storageservices/get-blob-properties
void AddTier(http::Headers& headers, const TierState& tier) {
  headers.push_back({wire::kAccessTier, NameOf(tier.tier)});
  headers.push_back({wire::kAccessTierInferred, tier.is_set ? wire::kFalse : wire::kTrue});
  if (tier.changed) {
    headers.push_back({wire::kAccessTierChangeTime, FormatHttpDate(*tier.changed)});
  }
  if (const auto& rehydration = tier.rehydration) {
    headers.push_back({wire::kArchiveStatus, StatusOf(*rehydration)});
    headers.push_back({wire::kRehydratePriority, PriorityOf(*rehydration)});
  }
}

// Source: "List Blobs", https://learn.microsoft.com/en-us/rest/api/storageservices/list-blobs
void WriteTier(XmlWriter& xml, const TierState& tier) {
  xml.Element("AccessTier", NameOf(tier.tier));
  if (!tier.is_set) xml.Element("AccessTierInferred", wire::kTrue);
  if (const auto& rehydration = tier.rehydration) {
    xml.Element("ArchiveStatus", StatusOf(*rehydration));
    xml.Element("RehydratePriority", PriorityOf(*rehydration));
  }
  if (tier.changed) xml.Element("AccessTierChangeTime", FormatHttpDate(*tier.changed));
}

}  // namespace msc::storage
