#pragma once

#include <optional>
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

// The blob that an operation is about. Also kAuthenticationFailed if the policy was deleted in the
// meantime, kConditionNotMet, and the errors of CheckUse.
Result<BlobRow> FindMeant(sqlite::Transaction& transaction, const ResourceName& name,
                          const WritePreconditions& preconditions, BlobUse use);

// The same for a change of the blob. Also the errors of CheckWritable.
Result<BlobRow> FindChanged(sqlite::Transaction& transaction, const ResourceName& name,
                            const WritePreconditions& preconditions, BlobUse use);

// Whether a blob with that lease may be written. A lease that has ended is removed, because its
// holder can renew it only as long as nobody writes. The errors of CheckLeaseOfWrite.
Status CheckWritable(std::optional<Lease>& lease, const WritePreconditions& preconditions);

// Whether a blob may be read. The errors of CheckRead and CheckLease.
Status CheckReadable(const BlobRecord& record, const Conditions& conditions, Time now);

// kInvalidBlobType for an operation that only blobs of another type have.
Status CheckType(const BlobRecord& record, BlobType wanted);

}  // namespace msc::storage
