#include "storage_stub/records/lease_store.h"

#include <utility>

#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/lease_columns.h"

namespace msc::storage {

Result<BlobRecord> LeaseStore::ChangeBlob(const ResourceName& name, const LeaseChange& change,
                                          const WritePreconditions& preconditions) {
  auto transaction = database_.WriteFromReserve();
  auto row = FindMeant(transaction, name, preconditions, BlobUse::kLease);
  if (!row) return row.error();
  auto lease = Apply(change, row->record.lease, preconditions.now, Leased::kBlob);
  if (!lease) return lease.error();
  UpdateBlobLease(transaction, row->id, *lease);
  transaction.Commit();
  row->record.lease = *std::move(lease);
  return std::move(row->record);
}

Result<ContainerRecord> LeaseStore::ChangeContainer(std::string_view account, std::string_view name,
                                                    const LeaseChange& change,
                                                    const Conditions& conditions, Time now) {
  auto transaction = database_.WriteFromReserve();
  auto row = SelectContainer(transaction, account, name);
  if (!row) return row.error();
  if (auto met = CheckChange(conditions, row->record.state()); !met) return met.error();
  auto lease = Apply(change, row->record.lease, now, Leased::kContainer);
  if (!lease) return lease.error();
  UpdateContainerLease(transaction, row->id, *lease);
  transaction.Commit();
  row->record.lease = *std::move(lease);
  return std::move(row->record);
}

}  // namespace msc::storage
