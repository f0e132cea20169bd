#include "storage_stub/blobs/replace_blob.h"

#include "storage_stub/access/sas_check.h"
#include "storage_stub/containers/container_rows.h"
#include "storage_stub/containers/policy_store.h"
#include "storage_stub/protocol/etag.h"
#include "storage_stub/protocol/storage_error.h"

namespace msc::storage {

Result<WriteTarget> FindTarget(sqlite::Transaction& transaction, const ResourceName& name,
                               const WriteTerms& terms) {
  const auto container = FindContainer(transaction, name.account, name.container);
  if (!container) return ContainerMissing(name.container);
  if (!terms.policy_id.empty() && !HasPolicy(transaction, *container, terms.policy_id)) {
    return PolicyNotFound();
  }
  WriteTarget target{.container = *container,
                     .old = SelectBlob(transaction, *container, name.blob)};
  std::optional<ResourceState> state;
  if (target.old) state = target.old->record.state();
  if (auto met = CheckWrite(terms.conditions, state); !met) return met.error();
  if (target.old && !terms.may_overwrite) {
    return Error{StorageError::kUnauthorizedBlobOverwrite, "the blob exists already"};
  }
  return target;
}

std::vector<Extent> ReplaceBlob(sqlite::Transaction& transaction, const WriteTarget& target,
                                std::string_view name, BlobRecord& record,
                                const std::vector<Block>& blocks) {
  auto gone = DeleteUncommitted(transaction, target.container, name);
  for (const auto& block : blocks) record.size += block.extent.length;
  const auto etag = NextEtag(transaction, record.last_modified);
  record.etag = FormatEtag(etag);
  record.created = target.old ? target.old->record.created : record.last_modified;
  if (!target.old) {
    InsertCommitted(transaction, InsertBlob(transaction, target.container, name, record, etag),
                    blocks);
    return gone;
  }
  const auto replaced = DeleteCommitted(transaction, target.old->id);
  gone.insert(gone.end(), replaced.begin(), replaced.end());
  UpdateBlob(transaction, target.old->id, record, etag);
  InsertCommitted(transaction, target.old->id, blocks);
  return gone;
}

}  // namespace msc::storage
