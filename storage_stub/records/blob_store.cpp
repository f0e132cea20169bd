#include "storage_stub/records/blob_store.h"

#include <array>
#include <chrono>
#include <utility>

#include "emulator/sqlite/commit_group.h"
#include "storage_stub/model/lease_check.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/blob_lister.h"
#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/content.h"
#include "storage_stub/records/etag.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/uncommitted_rows.h"

namespace msc::storage {
namespace {

constexpr std::string_view kCompleteCopies = R"sql(
  UPDATE blob SET copied_ms = :now WHERE copy_status = 1 AND copied_ms = :until
)sql";

// In domain time.
constexpr std::chrono::hours kPurgeInterval(1);

// The container of a name that has uncommitted blocks alone; kBlobNotFound if it has none.
Result<std::int64_t> FindStaged(sqlite::Transaction& transaction, const ResourceName& name,
                                const WritePreconditions& preconditions, Time now) {
  WritePreconditions without_lease = preconditions;
  without_lease.conditions.lease_id.clear();  // Only a blob has one.
  const auto target = FindTarget(transaction, name, without_lease);
  if (!target) return target.error();
  if (!AnyUncommitted(transaction, target->container, name.blob, AbandonedSince(now))) {
    return BlobMissing(name.blob);
  }
  return target->container;
}

BlobUse UseOf(const CopySource& source) {
  const bool is_online = source.tier && source.tier->tier != Tier::kArchive;
  return is_online && !source.is_block_blob ? BlobUse::kCopyOutOfArchive : BlobUse::kReadContent;
}

Result<BlobRow> FindSource(sqlite::Transaction& transaction, const CopySource& source) {
  auto row = FindBlob(transaction, source.name);
  if (!row) return source.is_own ? row.error() : CopySourceMissing(row.error());
  if (!CheckRead(source.conditions, row->record.state())) {
    return Error{StorageError::kSourceConditionNotMet, "a condition on the source is not met"};
  }
  auto named = CheckLease(row->record.lease, source.conditions.lease_id, source.now, Leased::kBlob);
  if (!named) return named.error();
  const Encryption given{.key_sha256 = source.key_sha256};
  if (auto usable = CheckUse(row->record, UseOf(source), given, source.now); !usable)
    return usable.error();
  return row;
}

BlobProperties Overridden(BlobProperties properties, const BlobProperties& own) {
  constexpr std::array kMembers = {&BlobProperties::content_type, &BlobProperties::content_encoding,
                                   &BlobProperties::content_language,
                                   &BlobProperties::cache_control,
                                   &BlobProperties::content_disposition};
  for (const auto member : kMembers) {
    if (!(own.*member).empty()) properties.*member = own.*member;
  }
  return properties;
}

Error OnlyBlockBlobsHaveTiers() {
  return {StorageError::kAccessTierNotSupportedForBlobType, "it is no block blob"};
}

// Pages cannot become blocks without being copied one by one.
Status CheckCopyable(const BlobRecord& from, const CopySource& source, const WriteTarget& target) {
  if (!source.is_block_blob) {
    if (source.tier && from.type != BlobType::kBlock) return OnlyBlockBlobsHaveTiers();
    return target.old ? CheckType(target.old->record, from.type) : Status(Done{});
  }
  if (from.type != BlobType::kPage) return Done{};
  return Error{StorageError::kInvalidSourceBlobType, "the source is a page blob"};
}

TierState TierOfCopy(const BlobRecord& from, const CopySource& source, Time now) {
  if (!source.tier) return {};
  TierState tier{.tier = source.tier->tier, .is_set = true, .changed = now};
  if (TierAt(from.tier, now).tier == Tier::kArchive && tier.tier != Tier::kArchive) {
    tier.rehydration = BeginRehydration(*source.tier, now);
  }
  return tier;
}

// Without what the copy has of its own: ETag, times and, unless it is a page blob, size.
BlobRecord CopyOf(const BlobRecord& from, const CopySource& source, Time now) {
  const auto type = source.is_block_blob ? BlobType::kBlock : from.type;
  const bool is_append = type == BlobType::kAppend;
  return {.properties = Overridden(from.properties, source.properties),
          .metadata = source.metadata.value_or(from.metadata),
          .size = from.size,
          .copy = source.record,
          .tier = TierOfCopy(from, source, now),
          .type = type,
          .is_sealed = is_append && source.is_sealed.value_or(from.is_sealed),
          .appended_blocks = is_append ? from.appended_blocks : 0,
          .sequence_number = from.sequence_number,
          .tags = source.tags.value_or(from.tags)};
}

}  // namespace

std::vector<Extent> ReadUsedExtents(sqlite::Database& database) {
  auto transaction = database.Read();
  return SelectAllExtents(transaction);
}

Result<BlobRecord> BlobStore::Put(const ResourceName& name, BlobRecord record, ExtentWriter& writer,
                                  const WritePreconditions& preconditions) {
  DropPurgedIfDue(record.last_modified);
  std::vector<Extent> gone;
  {
    auto transaction = database_.Write();
    const auto target = FindTarget(transaction, name, preconditions);
    if (!target) return target.error();
    auto replaced = ReplaceBlob(transaction, *target, name.blob, record,
                                {{{}, writer.extent(), writer.crc64()}}, history_.Of(name.account));
    if (!replaced) return replaced.error();
    gone = *std::move(replaced);
    transaction.Commit();
    writer.Dismiss();
  }
  file_->ReleaseReferencesLater(gone);
  return record;
}

Status BlobStore::CheckPut(const ResourceName& name,
                           const WritePreconditions& preconditions) const {
  auto transaction = database_.Read();
  const auto target = FindTarget(transaction, name, preconditions);
  if (!target) return target.error();
  return Done{};
}

Result<BlobRecord> BlobStore::Create(const ResourceName& name, BlobRecord record,
                                     const WritePreconditions& preconditions) {
  DropPurgedIfDue(record.last_modified);
  std::vector<Extent> gone;
  {
    auto transaction = database_.Write();
    const auto target = FindTarget(transaction, name, preconditions);
    if (!target) return target.error();
    auto replaced =
        ReplaceBlob(transaction, *target, name.blob, record, {}, history_.Of(name.account));
    if (!replaced) return replaced.error();
    gone = *std::move(replaced);
    transaction.Commit();
  }
  file_->ReleaseReferencesLater(gone);
  return record;
}

Result<BlobRecord> BlobStore::Copy(const ResourceName& name, const CopySource& source,
                                   const WritePreconditions& preconditions, Time now) {
  std::vector<Extent> gone;
  BlobRecord record;
  {
    auto transaction = database_.Write();
    const auto from = FindSource(transaction, source);
    if (!from) return from.error();
    const auto target = FindTarget(transaction, name, preconditions);
    if (!target) return target.error();
    if (auto copyable = CheckCopyable(from->record, source, *target); !copyable)
      return copyable.error();

    auto blocks = SelectCommitted(transaction, from->content);
    Pin shared(file_, ExtentsOf(blocks));
    record = CopyOf(from->record, source, now);
    record.last_modified = now;
    if (record.copy && source.pending_until) {
      record.copy->status = CopyStatus::kPending;
      record.copy->completed = *source.pending_until;
      record.copy->total = record.size;
    }
    auto replaced = ReplaceBlob(transaction, *target, name.blob, record, std::move(blocks),
                                history_.Of(name.account));
    if (!replaced) return replaced.error();
    gone = *std::move(replaced);
    transaction.Commit();
    shared.Dismiss();
  }
  file_->ReleaseReferencesLater(gone);
  return record;
}

Status BlobStore::AbortCopy(const ResourceName& name, std::string_view copy_id,
                            const WritePreconditions& preconditions) {
  std::vector<Extent> gone;
  {
    auto transaction = database_.Write();
    const auto row = FindChanged(transaction, name, preconditions, BlobUse::kAbortCopy);
    if (!row) return row.error();
    BlobRecord record = row->record;
    if (!record.copy || record.copy->StatusAt(preconditions.now) != CopyStatus::kPending) {
      return Error{StorageError::kNoPendingCopyOperation, "the copy is complete"};
    }
    if (record.copy->id != copy_id) {
      return Error{StorageError::kCopyIdMismatch, "the id of the copy is " + record.copy->id};
    }
    record.copy->status = CopyStatus::kAborted;
    record.copy->completed = preconditions.now;
    record.last_modified = preconditions.now;
    record.size = 0;
    record.properties.md5.clear();
    auto replaced = ReplaceBlob(
        transaction, {.container = row->container, .old = *row, .encryption = record.encryption},
        name.blob, record, {}, history_.Of(name.account));
    if (!replaced) return replaced.error();
    gone = *std::move(replaced);
    transaction.Commit();
  }
  file_->ReleaseReferencesLater(gone);
  return Done{};
}

void BlobStore::CompleteCopies(Time until, Time now) {
  auto transaction = database_.Write();
  transaction.Prepare(kCompleteCopies).Bind(":until", until).Bind(":now", now).Run();
  transaction.Commit();
}

Result<BlobRow> BlobStore::FindToRead(sqlite::Transaction& transaction, const ResourceName& name,
                                      const std::string& path, const BlobReadRequest& request,
                                      BlobUse use) const {
  const auto find = [&] { return FindBlob(transaction, name); };
  auto row = name.moment == BlobMoment{} ? found_.Get(transaction, path, find) : find();
  if (!row) return row;
  if (auto readable = CheckReadable(row->record, request.conditions, request.now); !readable)
    return readable.error();
  const Encryption given{.key_sha256 = request.key_sha256};
  if (auto usable = CheckUse(row->record, use, given, request.now); !usable) return usable.error();
  row->record.tier = TierAt(row->record.tier, request.now);
  return row;
}

Result<BlobRecord> BlobStore::Find(const ResourceName& name, const BlobReadRequest& request) const {
  auto transaction = database_.Read();
  auto row = FindToRead(transaction, name, PathOf(name), request, request.use);
  if (!row) return row.error();
  return std::move(row->record);
}

Result<OpenBlob> BlobStore::Open(const ResourceName& name, const BlobReadRequest& request) const {
  std::string path = PathOf(name);
  auto transaction = database_.Read();
  auto row = FindToRead(transaction, name, path, request, BlobUse::kReadContent);
  if (!row) return row.error();
  http::ByteRange range{.first = 0, .length = row->record.size};
  if (request.range) {
    const auto part = RangeWithin(*request.range, row->record.size);
    if (!part) return part.error();
    range = *part;
  }
  file_->Check();
  // Pinned before the transaction ends: nobody can free them in between.
  auto blocks = SelectRange(transaction, row->content, range);
  return OpenBlob{.record = std::move(row->record),
                  .range = range,
                  .bytes = {.pin = Pin(file_, std::move(blocks.extents)),
                            .checksums = std::move(blocks.checksums),
                            .name = std::move(path),
                            .zeros = std::move(blocks.zeros)},
                  .skip = blocks.skip};
}

Result<BlobRecord> BlobStore::Change(const ResourceName& name,
                                     const WritePreconditions& preconditions, BlobUse use, Time now,
                                     const std::function<void(BlobRecord&)>& change) {
  auto transaction = database_.Write();
  auto row = FindChanged(transaction, name, preconditions, use);
  if (!row) return row.error();
  BlobRecord record = row->record;
  change(record);
  const auto etag = NextEtag(transaction, now);
  record.etag = FormatEtag(etag);
  record.last_modified = now;
  const auto kept = history_.Of(name.account);
  if (use == BlobUse::kChangeMetadata && BecomesVersion(*row, kept)) {
    record.version = kept.versions ? etag : 0;
    InsertNextVersion(transaction, *row, record, etag);
  } else {
    UpdateBlob(transaction, *row, record, etag);
  }
  transaction.Commit();
  return record;
}

Result<TierState> BlobStore::SetTier(const ResourceName& name, const TierChange& change,
                                     const WritePreconditions& preconditions) {
  auto transaction = database_.Write();
  const auto row = FindChanged(transaction, name, preconditions, BlobUse::kSetTier);
  if (!row) return row.error();
  if (row->record.type != BlobType::kBlock) return OnlyBlockBlobsHaveTiers();
  auto tier = Changed(row->record.tier, change, preconditions.now);
  if (!tier) return tier.error();
  UpdateTier(transaction, row->id, *tier);
  transaction.Commit();
  return tier;
}

Result<Immutability> BlobStore::ChangeImmutability(
    const ResourceName& name, const WritePreconditions& preconditions,
    const std::function<Result<Immutability>(const Immutability&)>& change) {
  auto transaction = database_.Write();
  const auto row = FindMeant(transaction, name, preconditions, BlobUse::kProtect);
  if (!row) return row.error();
  auto immutability = change(row->record.immutability);
  if (!immutability) return immutability;
  UpdateImmutability(transaction, row->id, *immutability);
  transaction.Commit();
  return immutability;
}

Result<TakenSnapshot> BlobStore::Snapshot(const ResourceName& name,
                                          const std::optional<Metadata>& metadata,
                                          const WritePreconditions& preconditions, Time now) {
  auto transaction = database_.Write();
  const auto row = FindMeant(transaction, name, preconditions, BlobUse::kSnapshot);
  if (!row) return row.error();
  auto named = CheckLease(row->record.lease, preconditions.conditions.lease_id, preconditions.now,
                          Leased::kBlob);
  if (!named) return named.error();
  auto snapshot = InsertSnapshot(transaction, *row, metadata, history_.Of(name.account), now);
  transaction.Commit();
  return snapshot;
}

Result<bool> BlobStore::Delete(const ResourceName& name, SnapshotDeletion snapshots,
                               const WritePreconditions& preconditions, Time now) {
  DropPurgedIfDue(now);
  bool is_permanent = true;
  {
    std::vector<Extent> gone;
    auto transaction = database_.WriteFromReserve();
    const auto row = FindChanged(transaction, name, preconditions, BlobUse::kDelete);
    const bool is_base = name.moment == BlobMoment{};
    if (row) {
      if (row->record.moment != name.moment) {
        return Error{StorageError::kOperationNotAllowedOnRootBlob, "it is the current version"};
      }
      auto deleted =
          DeleteWithHistory(transaction, *row, snapshots, history_.Of(name.account), now);
      if (!deleted) return deleted.error();
      gone = std::move(deleted->gone);
      is_permanent = deleted->is_permanent;
    } else if (!is_base || row.error().code != StorageError::kBlobNotFound) {
      return row.error();
    }
    if (is_base && snapshots != SnapshotDeletion::kOnly) {
      const auto container = row ? Result<std::int64_t>(row->container)
                                 : FindStaged(transaction, name, preconditions, now);
      if (!container) return container.error();
      const auto staged = DeleteUncommitted(transaction, *container, name.blob);
      gone.insert(gone.end(), staged.begin(), staged.end());
    }
    transaction.AfterUnlock(
        [&file = *file_, gone = std::move(gone)] { file.ReleaseReferencesLater(gone); });
    transaction.Commit();
  }
  file_->FreeCached();  // The space must be free after a delete.
  return is_permanent;
}

void BlobStore::Together(const std::function<void()>& work) {
  sqlite::CommitGroup group(database_);
  work();
  group.Commit();
  file_->FreeCached();
}

Status BlobStore::Restore(const ResourceName& name, const WritePreconditions& preconditions,
                          Time now) {
  auto transaction = database_.Write();
  const auto container = FindWritable(transaction, name, preconditions);
  if (!container) return container.error();
  auto restored = Undelete(transaction, container->id, name.blob, now);
  if (!restored) return restored;
  transaction.Commit();
  return Done{};
}

void BlobStore::DropPurged(Time now) {
  auto transaction = database_.WriteFromReserve();
  transaction.AfterUnlock(
      [&file = *file_, gone = DeletePurged(transaction, now)] { file.ReleaseReferences(gone); });
  transaction.Commit();
  next_purge_ = now + kPurgeInterval;
}

void BlobStore::DropPurgedIfDue(Time now) {
  const Time next = next_purge_;
  // A test may set the clock back.
  if (now >= next || now < next - kPurgeInterval) DropPurged(now);
}

Result<Page<BlobListItem>> BlobStore::List(const ResourceName& container,
                                           const BlobListRequest& request, Time now) const {
  auto transaction = database_.Read();
  const auto id = FindContainer(transaction, container.account, container.container);
  if (!id) return ContainerMissing(container.container);
  return BlobLister(transaction, *id, request, now).Run();
}

}  // namespace msc::storage
