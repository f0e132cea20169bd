#include "storage_stub/model/blob_use.h"

#include <stdexcept>

#include "storage_stub/protocol/storage_error.h"

namespace msc::storage {
namespace {

// Source: "Access tiers for blob data",
// https://learn.microsoft.com/en-us/azure/storage/blobs/access-tiers-overview
bool NeedsOnlineTier(BlobUse use) {
  switch (use) {
    case BlobUse::kReadContent:
    case BlobUse::kChangeContent:
    case BlobUse::kChangeProperties:
    case BlobUse::kChangeMetadata:
    case BlobUse::kSnapshot:
    case BlobUse::kReplace:
      return true;
    case BlobUse::kReadProperties:
    case BlobUse::kReadTags:
    case BlobUse::kCopyOutOfArchive:
    case BlobUse::kChangeTags:
    case BlobUse::kSetTier:
    case BlobUse::kLease:
    case BlobUse::kDelete:
      return false;
  }
  throw std::logic_error("BlobUse out of range");
}

Status CheckOnline(const TierState& tier, BlobUse use) {
  if (tier.rehydration && (NeedsOnlineTier(use) || use == BlobUse::kCopyOutOfArchive)) {
    return Error{StorageError::kBlobBeingRehydrated, "the blob is still archived"};
  }
  if (tier.tier == Tier::kArchive && NeedsOnlineTier(use)) {
    return Error{StorageError::kBlobArchived, "the blob is archived"};
  }
  return Done{};
}

}  // namespace

Status CheckUse(const BlobRecord& record, BlobUse use, Time now) {
  return CheckOnline(TierAt(record.tier, now), use);
}

}  // namespace msc::storage
