#include "storage_stub/records/replace_blob.h"

#include "storage_stub/model/blob_use.h"
#include "storage_stub/model/stored_policy.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/content.h"
#include "storage_stub/records/etag.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/policy_store.h"
#include "storage_stub/records/uncommitted_rows.h"

namespace msc::storage {

Result<std::int64_t> FindWritable(sqlite::Transaction& transaction, const ResourceName& name,
                                  const std::string& policy_id) {
  const auto container = FindContainer(transaction, name.account, name.container);
  if (!container) return ContainerMissing(name.container);
  if (!policy_id.empty() && !HasPolicy(transaction, *container, policy_id)) {
    return PolicyNotFound();
  }
  return *container;
}

Result<WriteTarget> FindTarget(sqlite::Transaction& transaction, const ResourceName& name,
                               const WritePreconditions& preconditions) {
  const auto container = FindWritable(transaction, name, preconditions.policy_id);
  if (!container) return container.error();
  WriteTarget target{.container = *container,
                     .old = SelectBlob(transaction, *container, name.blob),
                     .encryption = preconditions.encryption};
  std::optional<ResourceState> state;
  if (target.old) state = target.old->record.state();
  if (auto met = CheckWrite(preconditions.conditions, state); !met) return met.error();
  if (target.old && !preconditions.may_overwrite) {
    return Error{StorageError::kUnauthorizedBlobOverwrite, "the blob exists already"};
  }
  std::optional<Lease> none;
  auto& lease = target.old ? target.old->record.lease : none;
  if (auto held = CheckWritable(lease, preconditions); !held) return held.error();
  if (target.old) {
    const auto usable = CheckUse(target.old->record, BlobUse::kReplace, preconditions.encryption,
                                 preconditions.now);
    if (!usable) return usable.error();
  }
  return target;
}

namespace {

// A tier that the client did not choose is that of the blob before.
TierState TierOf(const BlobRecord& record, const WriteTarget& target) {
  TierState tier = record.tier;
  const bool inherits = !tier.is_set && record.type == BlobType::kBlock && target.old;
  if (inherits) tier = TierAt(target.old->record.tier, record.last_modified);
  if (tier.is_set && !tier.changed) tier.changed = record.last_modified;
  return tier;
}

}  // namespace

std::vector<Extent> ReplaceBlob(sqlite::Transaction& transaction, const WriteTarget& target,
                                std::string_view name, BlobRecord& record,
                                std::vector<Block> blocks) {
  auto gone = DeleteUncommitted(transaction, target.container, name);
  if (record.type != BlobType::kPage) record.size = PlaceInOrder(blocks);
  const auto etag = NextEtag(transaction, record.last_modified);
  record.etag = FormatEtag(etag);
  record.tier = TierOf(record, target);
  record.encryption = target.encryption;
  record.created = target.old ? target.old->record.created : record.last_modified;
  if (record.type == BlobType::kPage) {
    for (auto& page : blocks) page.written = etag;  // All are new to the blob.
  }
  InsertCommitted(transaction, etag, blocks);
  if (!target.old) {
    InsertBlob(transaction, target.container, name, record, etag, etag);
    return gone;
  }
  BlobRow row = *target.old;
  record.lease = row.record.lease;
  const auto replaced = DropContent(transaction, row);
  gone.insert(gone.end(), replaced.begin(), replaced.end());
  row.content = etag;
  row.content_is_shared = false;
  UpdateBlob(transaction, row, record, etag);
  return gone;
}

}  // namespace msc::storage
