#include "storage_stub/container_store.h"

#include <vector>

#include "storage_stub/etag.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectId = R"sql(
  SELECT id FROM container WHERE account = :account AND name = :name
)sql";

constexpr std::string_view kInsert = R"sql(
  INSERT INTO container (account, name, etag, last_modified_ms)
  VALUES (:account, :name, :etag, :last_modified_ms)
)sql";

constexpr std::string_view kDelete = R"sql(
  DELETE FROM container WHERE id = :id
)sql";

constexpr std::string_view kSelectExtents = R"sql(
  SELECT extent.offset, extent.length
  FROM extent JOIN blob ON blob.id = extent.blob_id
  WHERE blob.container_id = :id
)sql";

constexpr std::string_view kUpsertPolicy = R"sql(
  INSERT INTO policy (container_id, id, permissions, starts_ms, expires_ms)
  VALUES (:container_id, :id, :permissions, :starts_ms, :expires_ms)
  ON CONFLICT (container_id, id) DO UPDATE
  SET permissions = excluded.permissions, starts_ms = excluded.starts_ms,
      expires_ms = excluded.expires_ms
)sql";

constexpr std::string_view kDeletePolicy = R"sql(
  DELETE FROM policy WHERE container_id = :container_id AND id = :id
)sql";

constexpr std::string_view kSelectPolicy = R"sql(
  SELECT policy.id, policy.permissions, policy.starts_ms, policy.expires_ms
  FROM policy JOIN container ON container.id = policy.container_id
  WHERE container.account = :account AND container.name = :name AND policy.id = :id
)sql";

Error NotFound(std::string_view name) {
  return {ErrorCode::kContainerNotFound, "there is no container " + std::string(name)};
}

std::optional<std::int64_t> Millis(const std::optional<Time>& time) {
  if (!time) return std::nullopt;
  return time->time_since_epoch().count();
}

std::optional<Time> FromMillis(const std::optional<std::int64_t>& millis) {
  if (!millis) return std::nullopt;
  return Time(std::chrono::milliseconds(*millis));
}

StoredPolicy ReadPolicy(const sqlite::Statement& row) {
  return {.id = row.Text(0),
          .permissions = row.Text(1),
          .starts = FromMillis(row.OptionalInt(2)),
          .expires = FromMillis(row.OptionalInt(3))};
}

}  // namespace

std::optional<std::int64_t> FindContainer(sqlite::Transaction& transaction,
                                          std::string_view account, std::string_view name) {
  auto select = transaction.Prepare(kSelectId);
  select.Bind(":account", account).Bind(":name", name);
  if (!select.Step()) return std::nullopt;
  return select.Int(0);
}

Status ContainerStore::Create(std::string_view account, std::string_view name, Time now) {
  auto transaction = database_.Write();
  const auto etag = NextEtag(transaction, now);
  auto insert = transaction.Prepare(kInsert);
  insert.Bind(":account", account)
      .Bind(":name", name)
      .Bind(":etag", etag)
      .Bind(":last_modified_ms", now.time_since_epoch().count());
  if (!insert.RunUnlessConstraint()) {
    return Error{ErrorCode::kContainerAlreadyExists,
                 "there is a container " + std::string(name) + " already"};
  }
  transaction.Commit();
  return Done{};
}

Status ContainerStore::Delete(std::string_view account, std::string_view name) {
  std::vector<Extent> extents;
  {
    auto transaction = database_.Write();
    const auto id = FindContainer(transaction, account, name);
    if (!id) return NotFound(name);

    auto select = transaction.Prepare(kSelectExtents);
    select.Bind(":id", *id);
    while (select.Step()) {
      extents.push_back(
          {static_cast<std::uint64_t>(select.Int(0)), static_cast<std::uint64_t>(select.Int(1))});
    }
    transaction.Prepare(kDelete).Bind(":id", *id).Run();
    transaction.Commit();
  }
  file_.Free(extents);
  return Done{};
}

Status ContainerStore::SetPolicy(std::string_view account, std::string_view container,
                                 const StoredPolicy& policy) {
  auto transaction = database_.Write();
  const auto container_id = FindContainer(transaction, account, container);
  if (!container_id) return NotFound(container);
  transaction.Prepare(kUpsertPolicy)
      .Bind(":container_id", *container_id)
      .Bind(":id", std::string_view(policy.id))
      .Bind(":permissions", std::string_view(policy.permissions))
      .Bind(":starts_ms", Millis(policy.starts))
      .Bind(":expires_ms", Millis(policy.expires))
      .Run();
  transaction.Commit();
  return Done{};
}

void ContainerStore::RemovePolicy(std::string_view account, std::string_view container,
                                  std::string_view id) {
  auto transaction = database_.Write();
  const auto container_id = FindContainer(transaction, account, container);
  if (!container_id) return;
  transaction.Prepare(kDeletePolicy).Bind(":container_id", *container_id).Bind(":id", id).Run();
  transaction.Commit();
}

std::optional<StoredPolicy> ContainerStore::FindPolicy(std::string_view account,
                                                       std::string_view container,
                                                       std::string_view id) const {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectPolicy);
  select.Bind(":account", account).Bind(":name", container).Bind(":id", id);
  if (!select.Step()) return std::nullopt;
  return ReadPolicy(select);
}

}  // namespace msc::storage
