#include "storage_stub/container_store.h"

#include <vector>

#include "storage_stub/etag.h"

namespace msc::storage {
namespace {

constexpr std::int64_t kMaxPolicies = 5;  // Of a container.

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

constexpr std::string_view kSelectNames = R"sql(
  SELECT name FROM container WHERE account = :account
)sql";

constexpr std::string_view kSelectPolicyNames = R"sql(
  SELECT container.name, policy.id
  FROM policy JOIN container ON container.id = policy.container_id
  WHERE container.account = :account
)sql";

constexpr std::string_view kCountPolicies = R"sql(
  SELECT count(*) FROM policy WHERE container_id = :container_id AND id <> :id
)sql";

constexpr std::string_view kHasPolicy = R"sql(
  SELECT 1 FROM policy WHERE container_id = :container_id AND id = :id
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

bool HasPolicy(sqlite::Transaction& transaction, std::int64_t container, std::string_view id) {
  auto select = transaction.Prepare(kHasPolicy);
  return select.Bind(":container_id", container).Bind(":id", id).Step();
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
  file_.DropWarm();
  return Done{};
}

Status ContainerStore::SetPolicy(std::string_view account, std::string_view container,
                                 const StoredPolicy& policy) {
  auto transaction = database_.Write();
  const auto container_id = FindContainer(transaction, account, container);
  if (!container_id) return NotFound(container);
  auto others = transaction.Prepare(kCountPolicies);
  others.Bind(":container_id", *container_id).Bind(":id", std::string_view(policy.id)).Step();
  if (others.Int(0) >= kMaxPolicies) {
    return Error{ErrorCode::kInvalidInput, "a container has at most 5 stored access policies"};
  }
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

std::vector<std::string> ContainerStore::Names(std::string_view account) const {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectNames);
  select.Bind(":account", account);
  std::vector<std::string> names;
  while (select.Step()) names.push_back(select.Text(0));
  return names;
}

std::vector<PolicyName> ContainerStore::PolicyNames(std::string_view account) const {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelectPolicyNames);
  select.Bind(":account", account);
  std::vector<PolicyName> names;
  while (select.Step()) names.push_back({select.Text(0), select.Text(1)});
  return names;
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
