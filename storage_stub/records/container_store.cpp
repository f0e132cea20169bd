#include "storage_stub/records/container_store.h"

#include <utility>

#include "storage_stub/model/lease_check.h"
#include "storage_stub/model/resource_name.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/etag.h"

namespace msc::storage {

Result<ContainerRecord> ContainerStore::Create(std::string_view account, ContainerRecord wanted,
                                               Time now) {
  auto transaction = database_.Write();
  auto created = Create(transaction, account, std::move(wanted), now);
  if (created) transaction.Commit();
  return created;
}

Result<ContainerRecord> ContainerStore::Create(sqlite::Transaction& transaction,
                                               std::string_view account, ContainerRecord wanted,
                                               Time now) {
  if (FindContainer(transaction, account, wanted.name)) {
    return Error{StorageError::kContainerAlreadyExists,
                 "there is a container " + wanted.name + " already"};
  }
  const auto etag = NextEtag(transaction, now);
  wanted.etag = FormatEtag(etag);
  wanted.last_modified = now;
  const auto id = InsertContainer(transaction, account, wanted, etag);
  InsertContainerMetadata(transaction, id, wanted.metadata);
  return wanted;
}

Result<ContainerRecord> ContainerStore::Find(std::string_view account,
                                             std::string_view name) const {
  auto transaction = database_.Read();
  auto row = SelectContainer(transaction, account, name);
  if (!row) return row.error();
  return std::move(row->record);
}

Page<ContainerRecord> ContainerStore::List(std::string_view account, const PageRequest& request,
                                           bool with_system) const {
  auto transaction = database_.Read();
  Page<ContainerRecord> page;
  std::string from = request.start();
  for (;;) {
    auto row = NextContainer(transaction, account, from);
    if (!row || !row->record.name.starts_with(request.prefix)) return page;
    if (page.items.size() == request.max_results) {
      page.next = from;
      return page;
    }
    from = Behind(row->record.name);
    if (row->record.name == kLogsContainer && !with_system) continue;
    page.items.push_back(std::move(row->record));
  }
}

Result<ContainerRecord> ContainerStore::SetMetadata(std::string_view account, std::string_view name,
                                                    const Metadata& metadata,
                                                    const Conditions& conditions, Time now) {
  auto transaction = database_.Write();
  auto row = SelectContainer(transaction, account, name);
  if (!row) return row.error();
  if (auto met = CheckChange(conditions, row->record.state()); !met) return met.error();
  if (auto held = CheckLease(row->record.lease, conditions.lease_id, now, Leased::kContainer);
      !held)
    return held.error();
  ReplaceContainerMetadata(transaction, row->id, metadata);
  row->record.etag = Touch(transaction, row->id, now);
  row->record.last_modified = now;
  row->record.metadata = metadata;
  transaction.Commit();
  return std::move(row->record);
}

Status ContainerStore::Delete(std::string_view account, std::string_view name,
                              const Conditions& conditions, Time now) {
  auto transaction = database_.WriteFromReserve();
  const auto row = SelectContainer(transaction, account, name);
  if (!row) return row.error();
  if (auto met = CheckChange(conditions, row->record.state()); !met) return met.error();
  if (auto held =
          CheckLeaseOfWrite(row->record.lease, conditions.lease_id, now, Leased::kContainer);
      !held)
    return held.error();
  Delete(transaction, row->id);
  transaction.Commit();
  return Done{};
}

Status ContainerStore::Delete(sqlite::Transaction& transaction, std::string_view account,
                              std::string_view name) {
  const auto id = FindContainer(transaction, account, name);
  if (!id) return ContainerMissing(name);
  Delete(transaction, *id);
  return Done{};
}

void ContainerStore::Delete(sqlite::Transaction& transaction, std::int64_t id) {
  transaction.AfterUnlock([&file = file_, extents = SelectExtentsIn(transaction, id)] {
    file.ReleaseReferences(extents);
    file.FreeCached();  // The space must be free after a delete.
  });
  DeleteContainer(transaction, id);
}

}  // namespace msc::storage
