#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/kept_history.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/model/write_preconditions.h"
#include "storage_stub/records/blob_rows.h"
#include "storage_stub/records/block_rows.h"

namespace msc::storage {

// The target of a write.
struct WriteTarget {
  std::int64_t container;
  std::optional<BlobRow> old;  // nullopt: there is no such blob yet.
  Encryption encryption;       // Of the new blob.
  Immutability immutability;   // The same.
};

// A container to which blobs are written.
struct WritableContainer {
  std::int64_t id;
  Encryption encryption;  // Of the new blobs.
};

// The container of `name`. kContainerNotFound; kAuthenticationFailed if the policy was deleted in
// the meantime; kRequestForbiddenByContainerEncryptionPolicy.
Result<WritableContainer> FindWritable(sqlite::Transaction& transaction, const ResourceName& name,
                                       const WritePreconditions& preconditions);

// The errors of FindWritable; kUnauthorizedBlobOverwrite; the errors of CheckWrite, CheckWritable
// and CheckUse.
Result<WriteTarget> FindTarget(sqlite::Transaction& transaction, const ResourceName& name,
                               const WritePreconditions& preconditions);

// Makes the blob `name` of `blocks`, replaces the old blob, unless it is kept, and its uncommitted
// blocks, and returns the references that those had. kInvalidBlobType if there are versions of
// another type. Sets the record's ETag, creation time, lease, tier, encryption and immutability
// and, unless it is a page blob, its size and the places of its blocks.
Result<std::vector<Extent>> ReplaceBlob(sqlite::Transaction& transaction, const WriteTarget& target,
                                        std::string_view name, BlobRecord& record,
                                        std::vector<Block> blocks, const KeptHistory& kept);

}  // namespace msc::storage
