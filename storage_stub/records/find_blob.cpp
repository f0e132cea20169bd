#include "storage_stub/records/find_blob.h"

#include <utility>

#include "storage_stub/model/lease_check.h"
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
  auto row = SelectBlob(transaction, *container, name.blob, name.moment);
  if (!row) return BlobMissing(name.blob);
  return *std::move(row);
}

Result<BlobRow> FindMeant(sqlite::Transaction& transaction, const ResourceName& name,
                          const WritePreconditions& preconditions, BlobUse use) {
  auto row = FindBlob(transaction, name);
  if (!row) return row.error();
  if (!preconditions.policy_id.empty() &&
      !HasPolicy(transaction, row->container, preconditions.policy_id)) {
    return PolicyNotFound();
  }
  if (auto met = CheckChange(preconditions.conditions, row->record.state()); !met)
    return met.error();
  const auto usable = CheckUse(row->record, use, preconditions.encryption, preconditions.now);
  if (!usable) return usable.error();
  return row;
}

Result<BlobRow> FindChanged(sqlite::Transaction& transaction, const ResourceName& name,
                            const WritePreconditions& preconditions, BlobUse use) {
  auto row = FindMeant(transaction, name, preconditions, use);
  if (!row) return row.error();
  if (auto held = CheckWritable(row->record.lease, preconditions); !held) return held.error();
  return row;
}

Status CheckWritable(std::optional<Lease>& lease, const WritePreconditions& preconditions) {
  auto held =
      CheckLeaseOfWrite(lease, preconditions.conditions.lease_id, preconditions.now, Leased::kBlob);
  if (!IsLocked(StateOf(lease, preconditions.now))) lease.reset();
  return held;
}

Status CheckReadable(const BlobRecord& record, const Conditions& conditions, Time now) {
  if (auto met = CheckRead(conditions, record.state()); !met) return met.error();
  return CheckLease(record.lease, conditions.lease_id, now, Leased::kBlob);
}

Status CheckType(const BlobRecord& record, BlobType wanted) {
  if (record.type == wanted) return Done{};
  return Error{StorageError::kInvalidBlobType,
               std::string("the operation is for blobs of the type ") + NameOf(wanted) +
                   ", and this is one of the type " + NameOf(record.type)};
}

}  // namespace msc::storage
