#include "storage_stub/records/find_blob.h"

#include <utility>

#include "storage_stub/model/stored_policy.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/policy_store.h"

namespace msc::storage {

Error BlobMissing(const std::string& name) {
  return {StorageError::kBlobNotFound, "there is no blob " + name};
}

Result<BlobRow> FindBlob(sqlite::Transaction& transaction, const ResourceName& name) {
  const auto container = FindContainer(transaction, name.account, name.container);
  if (!container) return ContainerMissing(name.container);
  auto row = SelectBlob(transaction, *container, name.blob);
  if (!row) return BlobMissing(name.blob);
  return *std::move(row);
}

Result<BlobRow> FindChanged(sqlite::Transaction& transaction, const ResourceName& name,
                            const WritePreconditions& preconditions, BlobUse use) {
  auto row = FindBlob(transaction, name);
  if (!row) return row.error();
  if (!preconditions.policy_id.empty() &&
      !HasPolicy(transaction, row->container, preconditions.policy_id)) {
    return PolicyNotFound();
  }
  if (auto met = CheckChange(preconditions.conditions, row->record.state()); !met)
    return met.error();
  if (auto usable = CheckUse(row->record, use, preconditions.now); !usable) return usable.error();
  return row;
}

Status CheckType(const BlobRecord& record, BlobType wanted) {
  if (record.type == wanted) return Done{};
  return Error{StorageError::kInvalidBlobType,
               std::string("the operation is for blobs of the type ") + NameOf(wanted) +
                   ", and this is one of the type " + NameOf(record.type)};
}

}  // namespace msc::storage
