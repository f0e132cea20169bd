#pragma once

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "storage_stub/model/blob_record.h"

namespace msc::storage {

// What an operation does with a blob that is there.
enum class BlobUse {
  kLookUp,  // Whether it is there, and its tags.
  kReadContent,
  kReadProperties,    // And metadata.
  kCopyOutOfArchive,  // To an online tier.
  kChangeContent,
  kChangeProperties,
  kChangeMetadata,
  kChangeTags,
  kSetTier,
  kProtect,  // By a policy or a legal hold.
  kSnapshot,
  kLease,
  kReplace,
  kAbortCopy,
  kDelete,
};

// Whether the blob's state at `now` allows it to a request with the key and the scope in `given`.
// The errors of CheckMutable; kBlobArchived, kBlobBeingRehydrated; the errors of CheckKey;
// kPendingCopyOperation for a change while it is being copied;
// kBlobCustomerSpecifiedEncryptionMismatch for a change with another scope.
Status CheckUse(const BlobRecord& record, BlobUse use, const Encryption& given, Time now);

// Whether bytes that are encrypted with the key `stored` (its SHA-256; empty: none) can be used by
// a request with the key `given`. kBlobUsesCustomerSpecifiedEncryption,
// kBlobDoesNotUseCustomerSpecifiedEncryption, kBlobCustomerSpecifiedEncryptionMismatch.
Status CheckKey(const Bytes& stored, const Bytes& given);

}  // namespace msc::storage
