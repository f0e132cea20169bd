#include "storage_stub/records/container_rows.h"

#include <string>

#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/block_rows.h"
#include "storage_stub/records/etag.h"
#include "storage_stub/records/lease_columns.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectContainerId = R"sql(
  SELECT id FROM container WHERE account = :account AND name = :name
)sql";

constexpr std::string_view kSelectContainerScope = R"sql(
  SELECT id, encryption_scope, denies_scope_override FROM container
  WHERE account = :account AND name = :name
)sql";

constexpr std::string_view kSelectNextContainer = R"sql(
  SELECT id, name, etag, last_modified_ms, public_access, encryption_scope,
         denies_scope_override, lease_id, lease_seconds, lease_ends_ms, lease_broken_ms
  FROM container
  WHERE account = :account AND name >= :from ORDER BY name LIMIT 1
)sql";

constexpr std::string_view kInsertContainerRow = R"sql(
  INSERT INTO container (account, name, etag, last_modified_ms, public_access, encryption_scope,
                         denies_scope_override)
  VALUES (:account, :name, :etag, :last_modified_ms, :public_access, :encryption_scope,
          :denies_scope_override)
)sql";

constexpr std::string_view kUpdatePublicAccess = R"sql(
  UPDATE container SET public_access = :public_access WHERE id = :id
)sql";

constexpr std::string_view kTouchContainerRow = R"sql(
  UPDATE container SET etag = :etag, last_modified_ms = :last_modified_ms WHERE id = :id
)sql";

constexpr std::string_view kDeleteContainerRow = R"sql(
  DELETE FROM container WHERE id = :id
)sql";

constexpr std::string_view kSelectContainerMetadata = R"sql(
  SELECT name, value FROM container_metadata WHERE container_id = :container_id ORDER BY ordinal
)sql";

constexpr std::string_view kDeleteContainerMetadata = R"sql(
  DELETE FROM container_metadata WHERE container_id = :container_id
)sql";

constexpr std::string_view kInsertContainerMetadata = R"sql(
  INSERT INTO container_metadata (container_id, ordinal, name, value)
  VALUES (:container_id, :ordinal, :name, :value)
)sql";

}  // namespace

std::optional<std::int64_t> FindContainer(sqlite::Transaction& transaction,
                                          std::string_view account, std::string_view name) {
  auto select = transaction.Prepare(kSelectContainerId);
  select.Bind(":account", account).Bind(":name", name);
  if (!select.Step()) return std::nullopt;
  return select.Int(0);
}

std::optional<ContainerScope> FindContainerScope(sqlite::Transaction& transaction,
                                                 std::string_view account, std::string_view name) {
  auto select = transaction.Prepare(kSelectContainerScope);
  select.Bind(":account", account).Bind(":name", name);
  if (!select.Step()) return std::nullopt;
  return ContainerScope{.id = select.Int(0),
                        .encryption_scope = select.Text(1),
                        .denies_override = select.Int(2) != 0};
}

Error ContainerMissing(std::string_view name) {
  return {StorageError::kContainerNotFound, "there is no container " + std::string(name)};
}

Result<ContainerRow> SelectContainer(sqlite::Transaction& transaction, std::string_view account,
                                     std::string_view name) {
  auto row = NextContainer(transaction, account, name);
  if (!row || row->record.name != name) return ContainerMissing(name);
  return *std::move(row);
}

std::optional<ContainerRow> NextContainer(sqlite::Transaction& transaction,
                                          std::string_view account, std::string_view from) {
  auto select = transaction.Prepare(kSelectNextContainer);
  select.Bind(":account", account).Bind(":from", from);
  if (!select.Step()) return std::nullopt;
  ContainerRow row{.id = select.Int(0),
                   .record = {.name = select.Text(1),
                              .etag = FormatEtag(select.Int(2)),
                              .last_modified = select.TimeAt(3),
                              .public_access = static_cast<PublicAccess>(select.Int(4)),
                              .lease = ReadLease(select, 7),
                              .encryption_scope = select.Text(5),
                              .denies_scope_override = select.Int(6) != 0}};

  auto metadata = transaction.Prepare(kSelectContainerMetadata);
  metadata.Bind(":container_id", row.id);
  while (metadata.Step()) row.record.metadata.emplace_back(metadata.Text(0), metadata.Text(1));
  return row;
}

std::int64_t InsertContainer(sqlite::Transaction& transaction, std::string_view account,
                             const ContainerRecord& record, std::int64_t etag) {
  return transaction.Prepare(kInsertContainerRow)
      .Bind(":account", account)
      .Bind(":name", record.name)
      .Bind(":etag", etag)
      .Bind(":last_modified_ms", record.last_modified)
      .Bind(":public_access", static_cast<std::int64_t>(record.public_access))
      .Bind(":encryption_scope", record.encryption_scope)
      .Bind(":denies_scope_override", std::int64_t{record.denies_scope_override})
      .RunInsert();
}

void UpdatePublicAccess(sqlite::Transaction& transaction, std::int64_t container,
                        PublicAccess access) {
  transaction.Prepare(kUpdatePublicAccess)
      .Bind(":id", container)
      .Bind(":public_access", static_cast<std::int64_t>(access))
      .Run();
}

std::string Touch(sqlite::Transaction& transaction, std::int64_t container, Time now) {
  const auto etag = NextEtag(transaction, now);
  transaction.Prepare(kTouchContainerRow)
      .Bind(":id", container)
      .Bind(":etag", etag)
      .Bind(":last_modified_ms", now)
      .Run();
  return FormatEtag(etag);
}

void ReplaceContainerMetadata(sqlite::Transaction& transaction, std::int64_t container,
                              const Metadata& metadata) {
  transaction.Prepare(kDeleteContainerMetadata).Bind(":container_id", container).Run();
  InsertContainerMetadata(transaction, container, metadata);
}

void InsertContainerMetadata(sqlite::Transaction& transaction, std::int64_t container,
                             const Metadata& metadata) {
  std::int64_t ordinal = 0;
  for (const auto& [name, value] : metadata) {
    transaction.Prepare(kInsertContainerMetadata)
        .Bind(":container_id", container)
        .Bind(":ordinal", ordinal++)
        .Bind(":name", name)
        .Bind(":value", value)
        .Run();
  }
}

void DeleteContainer(sqlite::Transaction& transaction, std::int64_t container) {
  DeleteBlocksIn(transaction, container);
  transaction.Prepare(kDeleteContainerRow).Bind(":id", container).Run();
}

}  // namespace msc::storage
