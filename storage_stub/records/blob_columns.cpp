#include "storage_stub/records/blob_columns.h"

#include <utility>

#include "storage_stub/records/etag.h"
#include "storage_stub/records/lease_columns.h"

namespace msc::storage {
namespace {

// The columns of the table, in order.
enum Column {
  kId,
  kContainerId,
  kName,
  kMoment,
  kKind,
  kVersionNumber,
  kContent,
  kContentIsShared,
  kSize,
  kType,
  kEncoding,
  kLanguage,
  kCaching,
  kDisposition,
  kMd5,
  kEtagNumber,
  kCreated,
  kLastModifiedTime,
  kCopyIdentity,
  kCopiedFrom,
  kCopied,
  kCopyState,
  kCopiedBytes,
  kBlobTypeNumber,
  kIsSealed,
  kSequence,
  kTags,
  kTier,
  kTierIsSet,
  kTierChanged,
  kRehydrateTier,
  kRehydrated,
  kRehydrateIsUrgent,
  kLease,
  kLeaseSeconds,
  kLeaseEnds,
  kLeaseBroken,
  kKeySha256,
  kScope,
  kImmutableUntil,
  kImmutability,
  kHasLegalHold,
  kDeleted,
  kPurged,
};

std::optional<CopyRecord> ReadCopy(const sqlite::Statement& row) {
  auto id = row.OptionalText(kCopyIdentity);
  if (!id) return std::nullopt;
  return CopyRecord{.id = *std::move(id),
                    .source = row.Text(kCopiedFrom),
                    .completed = row.TimeAt(kCopied),
                    .status = static_cast<CopyStatus>(row.Int(kCopyState)),
                    .total = static_cast<std::uint64_t>(row.Int(kCopiedBytes))};
}

TierState ReadTier(const sqlite::Statement& row) {
  TierState state{.tier = static_cast<Tier>(row.Int(kTier)), .is_set = row.Int(kTierIsSet) != 0};
  if (!state.is_set) return state;
  state.changed = row.OptionalTime(kTierChanged);
  if (const auto done = row.OptionalTime(kRehydrated)) {
    state.rehydration = Rehydration{.tier = static_cast<Tier>(row.Int(kRehydrateTier)),
                                    .done = *done,
                                    .is_urgent = row.Int(kRehydrateIsUrgent) != 0};
  }
  return state;
}

std::optional<Deletion> ReadDeletion(const sqlite::Statement& row) {
  const auto deleted = row.OptionalTime(kDeleted);
  if (!deleted) return std::nullopt;
  return Deletion{.at = *deleted, .purged = row.TimeAt(kPurged)};
}

}  // namespace

BlobRow ReadBlob(const sqlite::Statement& row) {
  return {.id = row.Int(kId),
          .container = row.Int(kContainerId),
          .name = row.Text(kName),
          .content = row.Int(kContent),
          .content_is_shared = row.Int(kContentIsShared) != 0,
          .etag = row.Int(kEtagNumber),
          .record = {.properties = {.content_type = row.Text(kType),
                                    .content_encoding = row.Text(kEncoding),
                                    .content_language = row.Text(kLanguage),
                                    .cache_control = row.Text(kCaching),
                                    .content_disposition = row.Text(kDisposition),
                                    .md5 = row.Text(kMd5)},
                     .size = static_cast<std::uint64_t>(row.Int(kSize)),
                     .etag = FormatEtag(row.Int(kEtagNumber)),
                     .created = row.TimeAt(kCreated),
                     .last_modified = row.TimeAt(kLastModifiedTime),
                     .copy = ReadCopy(row),
                     .tier = ReadTier(row),
                     .type = static_cast<BlobType>(row.Int(kBlobTypeNumber)),
                     .is_sealed = row.Int(kIsSealed) != 0,
                     .sequence_number = static_cast<std::uint64_t>(row.Int(kSequence)),
                     .moment = {static_cast<BlobKind>(row.Int(kKind)), row.Int(kMoment)},
                     .version = row.Int(kVersionNumber),
                     .lease = ReadLease(row, kLease),
                     .encryption = {row.Text(kKeySha256), row.Text(kScope)},
                     .immutability = {row.OptionalTime(kImmutableUntil),
                                      static_cast<ImmutabilityMode>(row.Int(kImmutability)),
                                      row.Int(kHasLegalHold) != 0},
                     .deletion = ReadDeletion(row)}};
}

bool HasTags(const sqlite::Statement& row) { return row.Int(kTags) > 0; }

sqlite::Statement& BindRecord(sqlite::Statement& statement, const BlobRecord& record,
                              std::int64_t etag) {
  const auto& properties = record.properties;
  statement.Bind(":size", static_cast<std::int64_t>(record.size))
      .Bind(":content_type", properties.content_type)
      .Bind(":content_encoding", properties.content_encoding)
      .Bind(":content_language", properties.content_language)
      .Bind(":cache_control", properties.cache_control)
      .Bind(":content_disposition", properties.content_disposition)
      .BindBlob(":md5", properties.md5)
      .Bind(":etag", etag)
      .Bind(":created_ms", record.created)
      .Bind(":last_modified_ms", record.last_modified)
      .Bind(":version", record.version);
  if (const auto& copy = record.copy) {
    statement.Bind(":copy_id", copy->id)
        .Bind(":copy_source", copy->source)
        .Bind(":copied_ms", copy->completed);
  }
  return statement;
}

bool IsPlain(const BlobRecord& record) {
  return record.type == BlobType::kBlock && record.tier == TierState{} &&
         record.encryption == Encryption{} && record.immutability == Immutability{} &&
         !record.deletion && (!record.copy || record.copy->status == CopyStatus::kSuccess);
}

void BindTier(sqlite::Statement& statement, const TierState& state) {
  statement.Bind(":tier", static_cast<std::int64_t>(state.tier))
      .Bind(":tier_is_set", std::int64_t{state.is_set});
  if (state.changed) statement.Bind(":tier_changed_ms", *state.changed);
  const auto& rehydration = state.rehydration;
  statement.Bind(":rehydrate_is_urgent", std::int64_t{rehydration && rehydration->is_urgent});
  if (!rehydration) return;
  statement.Bind(":rehydrate_tier", static_cast<std::int64_t>(rehydration->tier))
      .Bind(":rehydrated_ms", rehydration->done);
}

void BindImmutability(sqlite::Statement& statement, const Immutability& immutability) {
  statement.Bind(":immutability_mode", static_cast<std::int64_t>(immutability.mode))
      .Bind(":has_legal_hold", std::int64_t{immutability.has_legal_hold});
  if (immutability.until) statement.Bind(":immutable_until_ms", *immutability.until);
}

sqlite::Statement& BindRare(sqlite::Statement& statement, const BlobRecord& record) {
  statement.Bind(":type", static_cast<std::int64_t>(record.type))
      .Bind(":is_sealed", std::int64_t{record.is_sealed})
      .Bind(":sequence_number", static_cast<std::int64_t>(record.sequence_number))
      .BindBlob(":key_sha256", record.encryption.key_sha256)
      .Bind(":encryption_scope", record.encryption.scope);
  const auto& copy = record.copy;
  statement
      .Bind(":copy_status", static_cast<std::int64_t>(copy ? copy->status : CopyStatus::kSuccess))
      .Bind(":copy_progress", static_cast<std::int64_t>(copy ? copy->total : 0));
  BindTier(statement, record.tier);
  BindImmutability(statement, record.immutability);
  if (const auto& deletion = record.deletion) {
    statement.Bind(":deleted_ms", deletion->at).Bind(":purged_ms", deletion->purged);
  }
  return statement;
}

}  // namespace msc::storage
