#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/model/write_preconditions.h"
#include "storage_stub/records/blob_rows.h"
#include "storage_stub/records/block_rows.h"

namespace msc::storage {

// Where a write goes to.
struct WriteTarget {
  std::int64_t container;
  std::optional<BlobRow> old;  // nullopt: there is no such blob yet.
};

// The container of `name`. kContainerNotFound; kAuthenticationFailed if the policy, unless it is
// empty, has gone meanwhile.
Result<std::int64_t> FindWritable(sqlite::Transaction& transaction, const ResourceName& name,
                                  const std::string& policy_id);

// kContainerNotFound; kAuthenticationFailed where the policy has gone meanwhile;
// kUnauthorizedBlobOverwrite; the errors of CheckWrite.
Result<WriteTarget> FindTarget(sqlite::Transaction& transaction, const ResourceName& name,
                               const WritePreconditions& preconditions);

// Makes `blocks` the blob `name`, in the place of the old one and of its uncommitted blocks, and
// returns the references that went with those. Fills in the record's size, ETag and creation.
std::vector<Extent> ReplaceBlob(sqlite::Transaction& transaction, const WriteTarget& target,
                                std::string_view name, BlobRecord& record,
                                const std::vector<Block>& blocks);

}  // namespace msc::storage
