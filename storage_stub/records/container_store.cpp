#include "storage_stub/records/container_store.h"

#include <utility>

#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/etag.h"

namespace msc::storage {

Result<ContainerRecord> ContainerStore::Create(std::string_view account, std::string_view name,
                                               const Metadata& metadata, Time now) {
  auto transaction = database_.Write();
  const auto etag = NextEtag(transaction, now);
  const auto id = InsertContainer(transaction, account, name, etag, now);
  if (!id) {
    return Error{StorageError::kContainerAlreadyExists,
                 "there is a container " + std::string(name) + " already"};
  }
  ReplaceContainerMetadata(transaction, *id, metadata);
  transaction.Commit();
  return ContainerRecord{.name = std::string(name),
                         .etag = FormatEtag(etag),
                         .last_modified = now,
                         .metadata = metadata};
}

Result<ContainerRecord> ContainerStore::Find(std::string_view account,
                                             std::string_view name) const {
  auto transaction = database_.Read();
  auto row = SelectContainer(transaction, account, name);
  if (!row) return row.error();
  return std::move(row->record);
}

std::vector<std::string> ContainerStore::Names(std::string_view account) const {
  auto transaction = database_.Read();
  std::vector<std::string> names;
  for (auto row = NextContainer(transaction, account, {}); row;
       row = NextContainer(transaction, account, Behind(names.back()))) {
    names.push_back(std::move(row->record.name));
  }
  return names;
}

Page<ContainerRecord> ContainerStore::List(std::string_view account,
                                           const PageRequest& request) const {
  auto transaction = database_.Read();
  Page<ContainerRecord> page;
  std::string from = request.start();
  for (;;) {
    auto row = NextContainer(transaction, account, from);
    if (!row || !row->record.name.starts_with(request.prefix)) return page;
    if (page.items.size() == request.max_results) {
      page.next = row->record.name;
      return page;
    }
    from = Behind(row->record.name);
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
  ReplaceContainerMetadata(transaction, row->id, metadata);
  row->record.etag = Touch(transaction, row->id, now);
  row->record.last_modified = now;
  row->record.metadata = metadata;
  transaction.Commit();
  return std::move(row->record);
}

Status ContainerStore::Delete(std::string_view account, std::string_view name,
                              const Conditions& conditions) {
  std::vector<Extent> extents;
  {
    auto transaction = database_.Write();
    const auto row = SelectContainer(transaction, account, name);
    if (!row) return row.error();
    if (auto met = CheckChange(conditions, row->record.state()); !met) return met.error();
    extents = SelectExtentsIn(transaction, row->id);
    DeleteContainer(transaction, row->id);
    transaction.Commit();
  }
  file_.ReleaseReferences(extents);
  file_.FreeCached();  // Whoever deletes wants the space now.
  return Done{};
}

}  // namespace msc::storage
