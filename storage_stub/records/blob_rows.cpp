#include "storage_stub/records/blob_rows.h"

#include "storage_stub/records/blob_columns.h"
#include "storage_stub/records/lease_columns.h"
#include "storage_stub/records/tag_rows.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectBlob = R"sql(
  SELECT * FROM blob
  WHERE container_id = :container_id AND name = :name AND moment = :moment AND deleted_ms IS NULL
)sql";

constexpr std::string_view kSelectNextBlob = R"sql(
  SELECT * FROM blob
  WHERE container_id = :container_id AND name >= :name AND moment = :moment AND deleted_ms IS NULL
  ORDER BY name LIMIT 1
)sql";

constexpr std::string_view kSelectNextMoment = R"sql(
  SELECT * FROM blob
  WHERE container_id = :container_id AND (name, moment) >= (:name, :moment)
    AND (kind IN (0, 3) OR (kind = 1 AND :snapshots) OR (kind = 2 AND :versions))
    AND (deleted_ms IS NULL OR (:deleted AND purged_ms > :now_ms))
  ORDER BY name, moment LIMIT 1
)sql";

constexpr std::string_view kSelectFirstSnapshot = R"sql(
  SELECT * FROM blob
  WHERE container_id = :container_id AND name = :name AND kind = 1 AND deleted_ms IS NULL
  ORDER BY moment LIMIT 1
)sql";

constexpr std::string_view kSelectBlobLease = R"sql(
  SELECT lease_id, lease_seconds, lease_ends_ms, lease_broken_ms FROM blob
  WHERE container_id = :container_id AND name = :name AND moment = :moment AND deleted_ms IS NULL
)sql";

constexpr std::string_view kSelectFirstPurged = R"sql(
  SELECT * FROM blob WHERE purged_ms <= :now_ms LIMIT 1
)sql";

constexpr std::string_view kInsertBlobRow = R"sql(
  INSERT INTO blob (container_id, name, moment, kind, content, size, content_type,
                    content_encoding, content_language, cache_control, content_disposition, md5,
                    etag, created_ms, last_modified_ms, version, copy_id, copy_source, copied_ms)
  VALUES (:container_id, :name, :moment, :kind, :content, :size, :content_type,
          :content_encoding, :content_language, :cache_control, :content_disposition, :md5,
          :etag, :created_ms, :last_modified_ms, :version, :copy_id, :copy_source, :copied_ms)
)sql";

constexpr std::string_view kUpdateBlobRow = R"sql(
  UPDATE blob
  SET content = :content, content_is_shared = :content_is_shared, size = :size,
      content_type = :content_type, content_encoding = :content_encoding,
      content_language = :content_language, cache_control = :cache_control,
      content_disposition = :content_disposition, md5 = :md5, etag = :etag,
      created_ms = :created_ms, last_modified_ms = :last_modified_ms, version = :version,
      copy_id = :copy_id, copy_source = :copy_source, copied_ms = :copied_ms, lease_id = :lease_id,
      lease_seconds = :lease_seconds, lease_ends_ms = :lease_ends_ms,
      lease_broken_ms = :lease_broken_ms
  WHERE id = :id
)sql";

// What most blobs do not have: the columns have their defaults then.
constexpr std::string_view kUpdateRare = R"sql(
  UPDATE blob
  SET type = :type, is_sealed = :is_sealed, sequence_number = :sequence_number, tier = :tier,
      tier_is_set = :tier_is_set, tier_changed_ms = :tier_changed_ms,
      rehydrate_tier = :rehydrate_tier, rehydrated_ms = :rehydrated_ms,
      rehydrate_is_urgent = :rehydrate_is_urgent, key_sha256 = :key_sha256,
      encryption_scope = :encryption_scope, immutable_until_ms = :immutable_until_ms,
      immutability_mode = :immutability_mode, has_legal_hold = :has_legal_hold,
      deleted_ms = :deleted_ms, purged_ms = :purged_ms, copy_status = :copy_status,
      copy_progress = :copy_progress
  WHERE id = :id
)sql";

constexpr std::string_view kUpdateSize = R"sql(
  UPDATE blob
  SET size = :size, etag = :etag, last_modified_ms = :last_modified_ms, content = :content,
      content_is_shared = :content_is_shared, lease_id = :lease_id,
      lease_seconds = :lease_seconds, lease_ends_ms = :lease_ends_ms,
      lease_broken_ms = :lease_broken_ms
  WHERE id = :id
)sql";

constexpr std::string_view kMarkShared = R"sql(
  UPDATE blob SET content_is_shared = 1 WHERE id = :id
)sql";

constexpr std::string_view kMarkSealed = R"sql(
  UPDATE blob SET is_sealed = 1 WHERE id = :id
)sql";

constexpr std::string_view kSelectLastOrdinal = R"sql(
  SELECT ordinal FROM committed_block WHERE content = :content
  ORDER BY start DESC, ordinal DESC LIMIT 1
)sql";

constexpr std::string_view kUpdateTier = R"sql(
  UPDATE blob
  SET tier = :tier, tier_is_set = :tier_is_set, tier_changed_ms = :tier_changed_ms,
      rehydrate_tier = :rehydrate_tier, rehydrated_ms = :rehydrated_ms,
      rehydrate_is_urgent = :rehydrate_is_urgent
  WHERE id = :id
)sql";

constexpr std::string_view kUpdateImmutability = R"sql(
  UPDATE blob
  SET immutable_until_ms = :immutable_until_ms, immutability_mode = :immutability_mode,
      has_legal_hold = :has_legal_hold
  WHERE id = :id
)sql";

constexpr std::string_view kDeleteBlobRow = R"sql(
  DELETE FROM blob WHERE id = :id
)sql";

constexpr std::string_view kSelectBlobMetadata = R"sql(
  SELECT name, value FROM blob_metadata WHERE blob_id = :blob_id ORDER BY ordinal
)sql";

constexpr std::string_view kDeleteBlobMetadata = R"sql(
  DELETE FROM blob_metadata WHERE blob_id = :blob_id
)sql";

constexpr std::string_view kInsertBlobMetadata = R"sql(
  INSERT INTO blob_metadata (blob_id, ordinal, name, value)
  VALUES (:blob_id, :ordinal, :name, :value)
)sql";

// Without reading all of them.
std::uint64_t CountAppended(sqlite::Transaction& transaction, std::int64_t content) {
  auto select = transaction.Prepare(kSelectLastOrdinal);
  if (!select.Bind(":content", content).Step()) return 0;
  return static_cast<std::uint64_t>(select.Int(0)) + 1;
}

std::optional<BlobRow> ReadFirst(sqlite::Transaction& transaction, sqlite::Statement& select) {
  if (!select.Step()) return std::nullopt;
  BlobRow row = ReadBlob(select);
  if (HasTags(select)) row.record.tags = SelectTags(transaction, row.id);

  auto metadata = transaction.Prepare(kSelectBlobMetadata);
  metadata.Bind(":blob_id", row.id);
  while (metadata.Step()) row.record.metadata.emplace_back(metadata.Text(0), metadata.Text(1));
  if (row.record.type == BlobType::kAppend) {
    row.record.appended_blocks = CountAppended(transaction, row.content);
  }
  return row;
}

std::optional<BlobRow> Select(sqlite::Transaction& transaction, std::string_view sql,
                              std::int64_t container, std::string_view name, std::int64_t moment) {
  auto select = transaction.Prepare(sql);
  select.Bind(":container_id", container).Bind(":name", name).Bind(":moment", moment);
  return ReadFirst(transaction, select);
}

void InsertMetadata(sqlite::Transaction& transaction, std::int64_t blob, const Metadata& metadata) {
  std::int64_t ordinal = 0;
  for (const auto& [name, value] : metadata) {
    transaction.Prepare(kInsertBlobMetadata)
        .Bind(":blob_id", blob)
        .Bind(":ordinal", ordinal++)
        .Bind(":name", name)
        .Bind(":value", value)
        .Run();
  }
}

void UpdateRare(sqlite::Transaction& transaction, std::int64_t id, const BlobRecord& record) {
  auto update = transaction.Prepare(kUpdateRare);
  BindRare(update, record).Bind(":id", id).Run();
}

}  // namespace

std::optional<BlobRow> SelectBlob(sqlite::Transaction& transaction, std::int64_t container,
                                  std::string_view name, const BlobMoment& moment) {
  auto row = Select(transaction, kSelectBlob, container, name, moment.number);
  if (row && row->record.moment.kind != moment.kind) return std::nullopt;
  if (row || moment.kind != BlobKind::kVersion) return row;
  row = Select(transaction, kSelectBlob, container, name, kBaseMoment);
  if (row && row->record.version != moment.number) return std::nullopt;
  return row;
}

std::optional<BlobRow> NextBlob(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from) {
  return Select(transaction, kSelectNextBlob, container, from, kBaseMoment);
}

std::optional<BlobRow> NextBlob(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from, std::int64_t moment,
                                const HistoryFilter& filter) {
  auto select = transaction.Prepare(kSelectNextMoment);
  select.Bind(":container_id", container)
      .Bind(":name", from)
      .Bind(":moment", moment)
      .Bind(":snapshots", std::int64_t{filter.snapshots})
      .Bind(":versions", std::int64_t{filter.versions})
      .Bind(":deleted", std::int64_t{filter.deleted})
      .Bind(":now_ms", filter.now);
  return ReadFirst(transaction, select);
}

std::optional<BlobRow> FirstSnapshot(sqlite::Transaction& transaction, std::int64_t container,
                                     std::string_view name) {
  auto select = transaction.Prepare(kSelectFirstSnapshot);
  select.Bind(":container_id", container).Bind(":name", name);
  return ReadFirst(transaction, select);
}

std::optional<Lease> SelectLease(sqlite::Transaction& transaction, std::int64_t container,
                                 std::string_view name) {
  auto select = transaction.Prepare(kSelectBlobLease);
  select.Bind(":container_id", container).Bind(":name", name).Bind(":moment", kBaseMoment);
  return select.Step() ? ReadLease(select, 0) : std::nullopt;
}

std::optional<BlobRow> FirstPurged(sqlite::Transaction& transaction, Time now) {
  auto select = transaction.Prepare(kSelectFirstPurged);
  select.Bind(":now_ms", now);
  return ReadFirst(transaction, select);
}

std::int64_t InsertBlob(sqlite::Transaction& transaction, std::int64_t container,
                        std::string_view name, const BlobRecord& record, std::int64_t etag,
                        std::int64_t content) {
  std::int64_t id = 0;
  {
    auto insert = transaction.Prepare(kInsertBlobRow);
    insert.Bind(":container_id", container)
        .Bind(":name", name)
        .Bind(":moment", record.moment.number)
        .Bind(":kind", static_cast<std::int64_t>(record.moment.kind))
        .Bind(":content", content);
    id = BindRecord(insert, record, etag).RunInsert();
  }
  if (!IsPlain(record)) UpdateRare(transaction, id, record);
  if (!record.tags.empty()) ReplaceTags(transaction, id, record.tags);
  InsertMetadata(transaction, id, record.metadata);
  return id;
}

void UpdateBlob(sqlite::Transaction& transaction, const BlobRow& row, const BlobRecord& record,
                std::int64_t etag) {
  {
    auto update = transaction.Prepare(kUpdateBlobRow);
    update.Bind(":content", row.content)
        .Bind(":content_is_shared", std::int64_t{row.content_is_shared});
    BindRecord(update, record, etag);
    BindLease(update, record.lease);
    update.Bind(":id", row.id).Run();
  }
  if (!IsPlain(record) || !IsPlain(row.record)) UpdateRare(transaction, row.id, record);
  if (record.tags != row.record.tags) ReplaceTags(transaction, row.id, record.tags);
  if (!row.record.metadata.empty()) {
    transaction.Prepare(kDeleteBlobMetadata).Bind(":blob_id", row.id).Run();
  }
  InsertMetadata(transaction, row.id, record.metadata);
}

void UpdateSize(sqlite::Transaction& transaction, const BlobRow& row, std::int64_t etag) {
  auto update = transaction.Prepare(kUpdateSize);
  BindLease(update, row.record.lease);
  update.Bind(":id", row.id)
      .Bind(":size", static_cast<std::int64_t>(row.record.size))
      .Bind(":etag", etag)
      .Bind(":last_modified_ms", row.record.last_modified)
      .Bind(":content", row.content)
      .Bind(":content_is_shared", std::int64_t{row.content_is_shared})
      .Run();
}

void MarkShared(sqlite::Transaction& transaction, std::int64_t id) {
  transaction.Prepare(kMarkShared).Bind(":id", id).Run();
}

void MarkSealed(sqlite::Transaction& transaction, std::int64_t id) {
  transaction.Prepare(kMarkSealed).Bind(":id", id).Run();
}

void UpdateTier(sqlite::Transaction& transaction, std::int64_t id, const TierState& tier) {
  auto update = transaction.Prepare(kUpdateTier);
  update.Bind(":id", id);
  BindTier(update, tier);
  update.Run();
}

void UpdateImmutability(sqlite::Transaction& transaction, std::int64_t id,
                        const Immutability& immutability) {
  auto update = transaction.Prepare(kUpdateImmutability);
  update.Bind(":id", id);
  BindImmutability(update, immutability);
  update.Run();
}

void DeleteBlob(sqlite::Transaction& transaction, std::int64_t id) {
  transaction.Prepare(kDeleteBlobRow).Bind(":id", id).Run();
}

}  // namespace msc::storage
