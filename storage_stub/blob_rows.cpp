#include "storage_stub/blob_rows.h"

#include <chrono>

#include "storage_stub/etag.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelect = R"sql(
  SELECT id, size, content_type, content_encoding, content_language, cache_control,
         content_disposition, md5, etag, created_ms, last_modified_ms
  FROM blob WHERE container_id = :container_id AND name = :name
)sql";

constexpr std::string_view kInsert = R"sql(
  INSERT INTO blob (container_id, name, size, content_type, content_encoding, content_language,
                    cache_control, content_disposition, md5, etag, created_ms, last_modified_ms)
  VALUES (:container_id, :name, :size, :content_type, :content_encoding, :content_language,
          :cache_control, :content_disposition, :md5, :etag, :created_ms, :last_modified_ms)
  RETURNING id
)sql";

constexpr std::string_view kDelete = R"sql(
  DELETE FROM blob WHERE id = :id
)sql";

constexpr std::string_view kSelectMetadata = R"sql(
  SELECT name, value FROM metadata WHERE blob_id = :blob_id ORDER BY ordinal
)sql";

constexpr std::string_view kInsertMetadata = R"sql(
  INSERT INTO metadata (blob_id, ordinal, name, value) VALUES (:blob_id, :ordinal, :name, :value)
)sql";

constexpr std::string_view kSelectExtents = R"sql(
  SELECT offset, length FROM extent WHERE blob_id = :blob_id ORDER BY ordinal
)sql";

constexpr std::string_view kSelectAllExtents = R"sql(
  SELECT offset, length FROM extent
)sql";

constexpr std::string_view kInsertExtent = R"sql(
  INSERT INTO extent (blob_id, ordinal, offset, length)
  VALUES (:blob_id, :ordinal, :offset, :length)
)sql";

Time ReadTime(const sqlite::Statement& row, int column) {
  return Time(std::chrono::milliseconds(row.Int(column)));
}

BlobRow ReadBlob(const sqlite::Statement& row) {
  return {.id = row.Int(0),
          .record = {.properties = {.content_type = row.Text(2),
                                    .content_encoding = row.Text(3),
                                    .content_language = row.Text(4),
                                    .cache_control = row.Text(5),
                                    .content_disposition = row.Text(6),
                                    .md5 = row.Text(7)},
                     .size = static_cast<std::uint64_t>(row.Int(1)),
                     .etag = FormatEtag(row.Int(8)),
                     .created = ReadTime(row, 9),
                     .last_modified = ReadTime(row, 10)}};
}

std::vector<Extent> ReadExtents(sqlite::Statement& rows) {
  std::vector<Extent> extents;
  while (rows.Step()) {
    extents.push_back(
        {static_cast<std::uint64_t>(rows.Int(0)), static_cast<std::uint64_t>(rows.Int(1))});
  }
  return extents;
}

void InsertMetadata(sqlite::Transaction& transaction, std::int64_t blob,
                    const BlobProperties& properties) {
  std::int64_t ordinal = 0;
  for (const auto& [name, value] : properties.metadata) {
    transaction.Prepare(kInsertMetadata)
        .Bind(":blob_id", blob)
        .Bind(":ordinal", ordinal++)
        .Bind(":name", std::string_view(name))
        .Bind(":value", std::string_view(value))
        .Run();
  }
}

}  // namespace

std::optional<BlobRow> SelectBlob(sqlite::Transaction& transaction, std::int64_t container,
                                  std::string_view name) {
  auto select = transaction.Prepare(kSelect);
  select.Bind(":container_id", container).Bind(":name", name);
  if (!select.Step()) return std::nullopt;
  BlobRow row = ReadBlob(select);

  auto metadata = transaction.Prepare(kSelectMetadata);
  metadata.Bind(":blob_id", row.id);
  while (metadata.Step()) {
    row.record.properties.metadata.emplace_back(metadata.Text(0), metadata.Text(1));
  }
  return row;
}

std::int64_t InsertBlob(sqlite::Transaction& transaction, std::int64_t container,
                        std::string_view name, const BlobRecord& record, std::int64_t etag) {
  const auto& properties = record.properties;
  std::int64_t id = 0;
  {
    auto insert = transaction.Prepare(kInsert);
    insert.Bind(":container_id", container)
        .Bind(":name", name)
        .Bind(":size", static_cast<std::int64_t>(record.size))
        .Bind(":content_type", std::string_view(properties.content_type))
        .Bind(":content_encoding", std::string_view(properties.content_encoding))
        .Bind(":content_language", std::string_view(properties.content_language))
        .Bind(":cache_control", std::string_view(properties.cache_control))
        .Bind(":content_disposition", std::string_view(properties.content_disposition))
        .BindBlob(":md5", properties.md5)
        .Bind(":etag", etag)
        .Bind(":created_ms", record.created.time_since_epoch().count())
        .Bind(":last_modified_ms", record.last_modified.time_since_epoch().count());
    insert.Step();
    id = insert.Int(0);
  }
  InsertMetadata(transaction, id, properties);
  return id;
}

void DeleteBlob(sqlite::Transaction& transaction, std::int64_t id) {
  transaction.Prepare(kDelete).Bind(":id", id).Run();
}

std::vector<Extent> SelectExtents(sqlite::Transaction& transaction, std::int64_t blob) {
  auto select = transaction.Prepare(kSelectExtents);
  select.Bind(":blob_id", blob);
  return ReadExtents(select);
}

std::vector<Extent> SelectAllExtents(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectAllExtents);
  return ReadExtents(select);
}

void InsertExtents(sqlite::Transaction& transaction, std::int64_t blob,
                   const std::vector<Extent>& extents) {
  std::int64_t ordinal = 0;
  for (const auto& extent : extents) {
    transaction.Prepare(kInsertExtent)
        .Bind(":blob_id", blob)
        .Bind(":ordinal", ordinal++)
        .Bind(":offset", static_cast<std::int64_t>(extent.offset))
        .Bind(":length", static_cast<std::int64_t>(extent.length))
        .Run();
  }
}

}  // namespace msc::storage
