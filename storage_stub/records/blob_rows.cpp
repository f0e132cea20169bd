#include "storage_stub/records/blob_rows.h"

#include "storage_stub/records/etag.h"
#include "storage_stub/records/tag_rows.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectBlob = R"sql(
  SELECT id, name, size, content_type, content_encoding, content_language, cache_control,
         content_disposition, md5, etag, created_ms, last_modified_ms, copy_id, copy_source,
         copied_ms, tier_is_set, type, is_sealed, sequence_number, tag_count
  FROM blob WHERE container_id = :container_id AND name = :name
)sql";

constexpr std::string_view kSelectNextBlob = R"sql(
  SELECT id, name, size, content_type, content_encoding, content_language, cache_control,
         content_disposition, md5, etag, created_ms, last_modified_ms, copy_id, copy_source,
         copied_ms, tier_is_set, type, is_sealed, sequence_number, tag_count
  FROM blob WHERE container_id = :container_id AND name >= :name ORDER BY name LIMIT 1
)sql";

constexpr std::string_view kInsertBlobRow = R"sql(
  INSERT INTO blob (container_id, name, size, content_type, content_encoding, content_language,
                    cache_control, content_disposition, md5, etag, created_ms, last_modified_ms,
                    copy_id, copy_source, copied_ms, tier_is_set)
  VALUES (:container_id, :name, :size, :content_type, :content_encoding, :content_language,
          :cache_control, :content_disposition, :md5, :etag, :created_ms, :last_modified_ms,
          :copy_id, :copy_source, :copied_ms, :tier_is_set)
)sql";

constexpr std::string_view kUpdateBlobRow = R"sql(
  UPDATE blob
  SET content_type = :content_type, content_encoding = :content_encoding,
      content_language = :content_language, cache_control = :cache_control,
      content_disposition = :content_disposition, md5 = :md5, etag = :etag,
      last_modified_ms = :last_modified_ms, created_ms = :created_ms, size = :size,
      copy_id = :copy_id, copy_source = :copy_source, copied_ms = :copied_ms,
      tier_is_set = :tier_is_set
  WHERE id = :id
)sql";

// Only for blobs that are no block blobs: the columns have the values of those otherwise.
constexpr std::string_view kUpdateType = R"sql(
  UPDATE blob SET type = :type, is_sealed = :is_sealed, sequence_number = :sequence_number
  WHERE id = :id
)sql";

constexpr std::string_view kUpdateSize = R"sql(
  UPDATE blob SET size = :size, etag = :etag, last_modified_ms = :last_modified_ms WHERE id = :id
)sql";

constexpr std::string_view kMarkSealed = R"sql(
  UPDATE blob SET is_sealed = 1 WHERE id = :id
)sql";

constexpr std::string_view kSelectLastOrdinal = R"sql(
  SELECT ordinal FROM committed_block WHERE blob_id = :blob_id
  ORDER BY start DESC, ordinal DESC LIMIT 1
)sql";

constexpr std::string_view kMarkTierSet = R"sql(
  UPDATE blob SET tier_is_set = 1 WHERE id = :id
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

std::optional<CopyRecord> ReadCopy(const sqlite::Statement& row) {
  auto id = row.OptionalText(12);
  if (!id) return std::nullopt;
  return CopyRecord{.id = *std::move(id), .source = row.Text(13), .completed = row.TimeAt(14)};
}

// The columns of kSelectBlob and kSelectNextBlob.
BlobRow ReadBlob(const sqlite::Statement& row, std::int64_t container) {
  return {.id = row.Int(0),
          .container = container,
          .name = row.Text(1),
          .record = {.properties = {.content_type = row.Text(3),
                                    .content_encoding = row.Text(4),
                                    .content_language = row.Text(5),
                                    .cache_control = row.Text(6),
                                    .content_disposition = row.Text(7),
                                    .md5 = row.Text(8)},
                     .size = static_cast<std::uint64_t>(row.Int(2)),
                     .etag = FormatEtag(row.Int(9)),
                     .created = row.TimeAt(10),
                     .last_modified = row.TimeAt(11),
                     .copy = ReadCopy(row),
                     .tier_is_set = row.Int(15) != 0,
                     .type = static_cast<BlobType>(row.Int(16)),
                     .is_sealed = row.Int(17) != 0,
                     .sequence_number = static_cast<std::uint64_t>(row.Int(18))}};
}

// Without reading all of them.
std::uint64_t CountAppended(sqlite::Transaction& transaction, std::int64_t blob) {
  auto select = transaction.Prepare(kSelectLastOrdinal);
  if (!select.Bind(":blob_id", blob).Step()) return 0;
  return static_cast<std::uint64_t>(select.Int(0)) + 1;
}

std::optional<BlobRow> Select(sqlite::Transaction& transaction, std::string_view sql,
                              std::int64_t container, std::string_view name) {
  auto select = transaction.Prepare(sql);
  select.Bind(":container_id", container).Bind(":name", name);
  if (!select.Step()) return std::nullopt;
  BlobRow row = ReadBlob(select, container);
  if (select.Int(19) > 0) row.record.tags = SelectTags(transaction, row.id);

  auto metadata = transaction.Prepare(kSelectBlobMetadata);
  metadata.Bind(":blob_id", row.id);
  while (metadata.Step()) row.record.metadata.emplace_back(metadata.Text(0), metadata.Text(1));
  if (row.record.type == BlobType::kAppend) {
    row.record.appended_blocks = CountAppended(transaction, row.id);
  }
  return row;
}

// Most blobs have none, and to look for it is a tenth of the work of deleting nothing.
void DeleteMetadata(sqlite::Transaction& transaction, std::int64_t blob) {
  {
    auto select = transaction.Prepare(kSelectBlobMetadata);
    if (!select.Bind(":blob_id", blob).Step()) return;
  }
  transaction.Prepare(kDeleteBlobMetadata).Bind(":blob_id", blob).Run();
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
      .Bind(":tier_is_set", std::int64_t{record.tier_is_set});
  if (const auto& copy = record.copy) {
    statement.Bind(":copy_id", copy->id)
        .Bind(":copy_source", copy->source)
        .Bind(":copied_ms", copy->completed);
  }
  return statement;
}

void UpdateType(sqlite::Transaction& transaction, std::int64_t id, const BlobRecord& record) {
  transaction.Prepare(kUpdateType)
      .Bind(":id", id)
      .Bind(":type", static_cast<std::int64_t>(record.type))
      .Bind(":is_sealed", std::int64_t{record.is_sealed})
      .Bind(":sequence_number", static_cast<std::int64_t>(record.sequence_number))
      .Run();
}

}  // namespace

std::optional<BlobRow> SelectBlob(sqlite::Transaction& transaction, std::int64_t container,
                                  std::string_view name) {
  return Select(transaction, kSelectBlob, container, name);
}

std::optional<BlobRow> NextBlob(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from) {
  return Select(transaction, kSelectNextBlob, container, from);
}

std::int64_t InsertBlob(sqlite::Transaction& transaction, std::int64_t container,
                        std::string_view name, const BlobRecord& record, std::int64_t etag) {
  std::int64_t id = 0;
  {
    auto insert = transaction.Prepare(kInsertBlobRow);
    BindRecord(insert, record, etag).Bind(":container_id", container).Bind(":name", name);
    id = insert.RunInsert();
  }
  if (record.type != BlobType::kBlock) UpdateType(transaction, id, record);
  if (!record.tags.empty()) ReplaceTags(transaction, id, record.tags);
  InsertMetadata(transaction, id, record.metadata);
  return id;
}

void UpdateBlob(sqlite::Transaction& transaction, const BlobRow& row, const BlobRecord& record,
                std::int64_t etag) {
  {
    auto update = transaction.Prepare(kUpdateBlobRow);
    BindRecord(update, record, etag).Bind(":id", row.id).Run();
  }
  if (record.type != BlobType::kBlock || row.record.type != BlobType::kBlock) {
    UpdateType(transaction, row.id, record);
  }
  if (record.tags != row.record.tags) ReplaceTags(transaction, row.id, record.tags);
  DeleteMetadata(transaction, row.id);
  InsertMetadata(transaction, row.id, record.metadata);
}

void UpdateSize(sqlite::Transaction& transaction, std::int64_t id, const BlobRecord& record,
                std::int64_t etag) {
  transaction.Prepare(kUpdateSize)
      .Bind(":id", id)
      .Bind(":size", static_cast<std::int64_t>(record.size))
      .Bind(":etag", etag)
      .Bind(":last_modified_ms", record.last_modified)
      .Run();
}

void MarkSealed(sqlite::Transaction& transaction, std::int64_t id) {
  transaction.Prepare(kMarkSealed).Bind(":id", id).Run();
}

void MarkTierSet(sqlite::Transaction& transaction, std::int64_t id) {
  transaction.Prepare(kMarkTierSet).Bind(":id", id).Run();
}

void DeleteBlob(sqlite::Transaction& transaction, std::int64_t id) {
  transaction.Prepare(kDeleteBlobRow).Bind(":id", id).Run();
}

}  // namespace msc::storage
