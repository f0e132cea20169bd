#pragma once

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "storage_stub/model/blob_record.h"

namespace msc::storage {

// What an operation does with a blob that is there.
enum class BlobUse {
  kReadContent,
  kReadProperties,  // And metadata.
  kReadTags,
  kCopyOutOfArchive,  // To an online tier.
  kChangeContent,
  kChangeProperties,
  kChangeMetadata,
  kChangeTags,
  kSetTier,
  kSnapshot,
  kLease,
  kReplace,
  kDelete,
};

// Whether the blob's state at `now` allows it. kBlobArchived, kBlobBeingRehydrated.
Status CheckUse(const BlobRecord& record, BlobUse use, Time now);

}  // namespace msc::storage
