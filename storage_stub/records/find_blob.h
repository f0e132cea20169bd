#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/blob_use.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/model/write_preconditions.h"
#include "storage_stub/records/blob_rows.h"

// Finds the blob that an operation is about. The functions run in the caller's transaction.
namespace msc::storage {

// kBlobNotFound.
Error BlobMissing(const std::string& name);

// kContainerNotFound, kBlobNotFound.
Result<BlobRow> FindBlob(sqlite::Transaction& transaction, const ResourceName& name);

// The blob that a change is about. Also kAuthenticationFailed if the policy was deleted in the
// meantime, kConditionNotMet, and the errors of CheckUse.
Result<BlobRow> FindChanged(sqlite::Transaction& transaction, const ResourceName& name,
                            const WritePreconditions& preconditions, BlobUse use);

// kInvalidBlobType for an operation that only blobs of another type have.
Status CheckType(const BlobRecord& record, BlobType wanted);

}  // namespace msc::storage
