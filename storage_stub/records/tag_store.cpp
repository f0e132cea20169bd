#include "storage_stub/records/tag_store.h"

#include <utility>

#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/tag_rows.h"
#include "storage_stub/records/tag_search.h"

namespace msc::storage {
Status TagStore::Set(const ResourceName& name, const Tags& tags,
                     const WritePreconditions& preconditions) {
  auto transaction = database_.Write();
  const auto row = FindChanged(transaction, name, preconditions, BlobUse::kChangeTags);
  if (!row) return row.error();
  ReplaceTags(transaction, row->id, tags);
  transaction.Commit();
  return Done{};
}

Result<Page<FoundBlob>> TagStore::Find(const ResourceName& scope, const TagWhere& where,
                                       const PageRequest& request) const {
  auto transaction = database_.Read();
  TagScope within{.account = scope.account};
  if (!scope.container.empty()) {
    within.container = FindContainer(transaction, scope.account, scope.container);
    if (!within.container) return ContainerMissing(scope.container);
  }
  if (!where.container.empty()) {
    const auto named = FindContainer(transaction, scope.account, where.container);
    if (!named || named != within.container.value_or(*named)) return Page<FoundBlob>();
    within.container = named;
  }
  return TagSearch(transaction, std::move(within), where, request).Run();
}

}  // namespace msc::storage
