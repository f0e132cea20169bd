#include "storage_stub/model/blob_use.h"

#include <stdexcept>

#include "storage_stub/protocol/storage_error.h"

namespace msc::storage {
namespace {

// What a use needs of the blob.
struct Needs {
  bool online = false;     // A tier other than the archive.
  bool key = false;        // The client's key, if the blob has one.
  bool scope = false;      // No other encryption scope.
  bool to_change = false;  // That it is not immutable.
};

// Source: "Access tiers for blob data",
// https://learn.microsoft.com/en-us/azure/storage/blobs/access-tiers-overview, "Provide an
// encryption key on a request to Blob storage",
// https://learn.microsoft.com/en-us/azure/storage/blobs/encryption-customer-provided-keys, and
// "Store business-critical blob data with immutable storage",
// https://learn.microsoft.com/en-us/azure/storage/blobs/immutable-storage-overview
Needs NeedsOf(BlobUse use) {
  switch (use) {
    case BlobUse::kReadContent:
      return {.online = true, .key = true};
    case BlobUse::kReadProperties:
    case BlobUse::kCopyOutOfArchive:
      return {.key = true};
    case BlobUse::kChangeContent:
    case BlobUse::kChangeMetadata:
      return {.online = true, .key = true, .scope = true, .to_change = true};
    case BlobUse::kSnapshot:
      return {.online = true, .key = true, .scope = true};
    case BlobUse::kChangeProperties:
    case BlobUse::kReplace:
      return {.online = true, .to_change = true};
    case BlobUse::kDelete:
      return {.to_change = true};
    case BlobUse::kLookUp:
    case BlobUse::kChangeTags:
    case BlobUse::kSetTier:
    case BlobUse::kProtect:
    case BlobUse::kLease:
    case BlobUse::kAbortCopy:
      return {};
  }
  throw std::logic_error("BlobUse out of range");
}

// Source: "Copy Blob", https://learn.microsoft.com/en-us/rest/api/storageservices/copy-blob
bool WaitsForCopy(BlobUse use) {
  switch (use) {
    case BlobUse::kChangeContent:
    case BlobUse::kChangeProperties:
    case BlobUse::kChangeMetadata:
    case BlobUse::kSetTier:
    case BlobUse::kSnapshot:
    case BlobUse::kReplace:
    case BlobUse::kDelete:
      return true;
    case BlobUse::kReadContent:
    case BlobUse::kReadProperties:
    case BlobUse::kLookUp:
    case BlobUse::kCopyOutOfArchive:
    case BlobUse::kChangeTags:
    case BlobUse::kProtect:
    case BlobUse::kLease:
    case BlobUse::kAbortCopy:
      return false;
  }
  throw std::logic_error("BlobUse out of range");
}

Status CheckOnline(const TierState& tier, BlobUse use, bool needs_online) {
  if (tier.rehydration && (needs_online || use == BlobUse::kCopyOutOfArchive)) {
    return Error{StorageError::kBlobBeingRehydrated, "the blob is still archived"};
  }
  if (tier.tier == Tier::kArchive && needs_online) {
    return Error{StorageError::kBlobArchived, "the blob is archived"};
  }
  return Done{};
}

Error OtherEncryption() {
  return {StorageError::kBlobCustomerSpecifiedEncryptionMismatch,
          "the blob is encrypted with another key or scope"};
}

}  // namespace

Status CheckUse(const BlobRecord& record, BlobUse use, const Encryption& given, Time now) {
  const bool is_pending = record.copy && record.copy->StatusAt(now) == CopyStatus::kPending;
  if (is_pending && WaitsForCopy(use)) {
    return Error{StorageError::kPendingCopyOperation, "the blob is being copied"};
  }
  const Needs needs = NeedsOf(use);
  if (needs.to_change) {
    if (auto can_change = CheckMutable(record.immutability, now); !can_change) {
      return can_change.error();
    }
  }
  if (auto online = CheckOnline(TierAt(record.tier, now), use, needs.online); !online) {
    return online.error();
  }
  if (needs.key) {
    const auto& stored = record.encryption.key_sha256;
    if (auto same = CheckKey(stored, given.key_sha256); !same) return same.error();
  }
  const bool is_other = !given.scope.empty() && given.scope != record.encryption.scope;
  return needs.scope && is_other ? Status(OtherEncryption()) : Status(Done{});
}

Status CheckKey(const Bytes& stored, const Bytes& given) {
  if (stored == given) return Done{};
  if (given.empty()) {
    return Error{StorageError::kBlobUsesCustomerSpecifiedEncryption,
                 "the blob is encrypted with a key of the client"};
  }
  if (stored.empty()) {
    return Error{StorageError::kBlobDoesNotUseCustomerSpecifiedEncryption,
                 "the blob is not encrypted with a key of the client"};
  }
  return OtherEncryption();
}

}  // namespace msc::storage
