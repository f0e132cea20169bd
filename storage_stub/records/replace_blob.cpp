#include "storage_stub/records/replace_blob.h"

#include <utility>

#include "storage_stub/model/blob_use.h"
#include "storage_stub/model/stored_policy.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/blob_history.h"
#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/content.h"
#include "storage_stub/records/etag.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/policy_store.h"
#include "storage_stub/records/uncommitted_rows.h"

namespace msc::storage {

namespace {

// The encryption of a new blob if the client wants that in `given`.
Result<Encryption> EncryptionIn(const ContainerScope& container, const Encryption& given) {
  const Encryption own{.key_sha256 = {}, .scope = container.encryption_scope};
  if (given == Encryption{} || given == own) return own;
  if (!container.denies_override) return given;
  return Error{StorageError::kRequestForbiddenByContainerEncryptionPolicy,
               "the container lets no request choose another key or scope"};
}

// All versions of a blob have one type.
Status CheckTypeOfNext(const BlobRow& old, BlobType type, const KeptHistory& kept) {
  return BecomesVersion(old, kept) ? CheckType(old.record, type) : Status(Done{});
}

// A tier that the client did not choose is that of the blob before.
TierState TierOf(const BlobRecord& record, const WriteTarget& target) {
  TierState tier = record.tier;
  const bool inherits = !tier.is_set && record.type == BlobType::kBlock && target.old;
  if (inherits) tier = TierAt(target.old->record.tier, record.last_modified);
  if (tier.is_set && !tier.changed) tier.changed = record.last_modified;
  return tier;
}

}  // namespace

Result<WritableContainer> FindWritable(sqlite::Transaction& transaction, const ResourceName& name,
                                       const WritePreconditions& preconditions) {
  const auto container = FindContainerScope(transaction, name.account, name.container);
  if (!container) return ContainerMissing(name.container);
  const auto& policy = preconditions.policy_id;
  if (!policy.empty() && !HasPolicy(transaction, container->id, policy)) return PolicyNotFound();
  auto encryption = EncryptionIn(*container, preconditions.encryption);
  if (!encryption) return encryption.error();
  return WritableContainer{.id = container->id, .encryption = *std::move(encryption)};
}

Result<WriteTarget> FindTarget(sqlite::Transaction& transaction, const ResourceName& name,
                               const WritePreconditions& preconditions) {
  auto container = FindWritable(transaction, name, preconditions);
  if (!container) return container.error();
  WriteTarget target{.container = container->id,
                     .old = SelectBlob(transaction, container->id, name.blob),
                     .encryption = std::move(container->encryption),
                     .immutability = preconditions.immutability};
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

Result<std::vector<Extent>> ReplaceBlob(sqlite::Transaction& transaction, const WriteTarget& target,
                                        std::string_view name, BlobRecord& record,
                                        std::vector<Block> blocks, const KeptHistory& kept) {
  const auto typed = target.old
                         ? CheckTypeOfNext(*target.old, record.type, kept)
                         : PrepareName(transaction, target.container, name, record.type, kept);
  if (!typed) return typed.error();
  const bool is_kept =
      target.old && KeepReplaced(transaction, *target.old, kept, record.last_modified);
  auto gone = DeleteUncommitted(transaction, target.container, name);
  if (record.type != BlobType::kPage) record.size = PlaceInOrder(blocks);
  const auto etag = NextEtag(transaction, record.last_modified);
  record.etag = FormatEtag(etag);
  record.tier = TierOf(record, target);
  record.encryption = target.encryption;
  record.immutability = target.immutability;
  record.created = target.old ? target.old->record.created : record.last_modified;
  if (record.type == BlobType::kPage) {
    for (auto& page : blocks) page.written = etag;  // All are new to the blob.
  }
  InsertCommitted(transaction, etag, blocks);
  record.version = kept.versions ? etag : 0;
  if (target.old) record.lease = target.old->record.lease;
  if (!target.old || is_kept) {
    InsertBlob(transaction, target.container, name, record, etag, etag);
    return gone;
  }
  BlobRow row = *target.old;
  const auto replaced = DropContent(transaction, row);
  gone.insert(gone.end(), replaced.begin(), replaced.end());
  row.content = etag;
  row.content_is_shared = false;
  UpdateBlob(transaction, row, record, etag);
  return gone;
}

}  // namespace msc::storage
