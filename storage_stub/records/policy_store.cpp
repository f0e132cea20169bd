#include "storage_stub/records/policy_store.h"

#include <utility>

#include "storage_stub/model/lease_check.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/records/container_rows.h"

namespace msc::storage {
namespace {

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

constexpr std::string_view kDeletePolicies = R"sql(
  DELETE FROM policy WHERE container_id = :container_id
)sql";

constexpr std::string_view kSelectPolicy = R"sql(
  SELECT policy.id, policy.permissions, policy.starts_ms, policy.expires_ms
  FROM policy JOIN container ON container.id = policy.container_id
  WHERE container.account = :account AND container.name = :name AND policy.id = :id
)sql";

constexpr std::string_view kSelectPolicies = R"sql(
  SELECT id, permissions, starts_ms, expires_ms FROM policy
  WHERE container_id = :container_id ORDER BY ordinal
)sql";

constexpr std::string_view kCountOtherPolicies = R"sql(
  SELECT count(*) FROM policy WHERE container_id = :container_id AND id <> :id
)sql";

constexpr std::string_view kHasPolicy = R"sql(
  SELECT 1 FROM policy WHERE container_id = :container_id AND id = :id
)sql";

StoredPolicy ReadPolicy(const sqlite::Statement& row) {
  return {.id = row.Text(0),
          .permissions = row.Text(1),
          .starts = row.OptionalTime(2),
          .expires = row.OptionalTime(3)};
}

void Upsert(sqlite::Transaction& transaction, std::int64_t container, const StoredPolicy& policy) {
  transaction.Prepare(kUpsertPolicy)
      .Bind(":container_id", container)
      .Bind(":id", policy.id)
      .Bind(":permissions", policy.permissions)
      .Bind(":starts_ms", policy.starts)
      .Bind(":expires_ms", policy.expires)
      .Run();
}

}  // namespace

bool HasPolicy(sqlite::Transaction& transaction, std::int64_t container, std::string_view id) {
  auto select = transaction.Prepare(kHasPolicy);
  return select.Bind(":container_id", container).Bind(":id", id).Step();
}

Status PolicyStore::Set(std::string_view account, std::string_view container,
                        const StoredPolicy& policy) {
  auto transaction = database_.Write();
  auto set = Set(transaction, account, container, policy);
  if (set) transaction.Commit();
  return set;
}

Status PolicyStore::Set(sqlite::Transaction& transaction, std::string_view account,
                        std::string_view container, const StoredPolicy& policy) {
  const auto id = FindContainer(transaction, account, container);
  if (!id) return ContainerMissing(container);
  {
    auto others = transaction.Prepare(kCountOtherPolicies);
    others.Bind(":container_id", *id).Bind(":id", policy.id).Step();
    if (std::cmp_greater_equal(others.Int(0), kMaxPolicies)) {
      return Error{StorageError::kInvalidInput, "a container has at most 5 stored access policies"};
    }
  }
  Upsert(transaction, *id, policy);
  return Done{};
}

Result<ContainerRecord> PolicyStore::Replace(std::string_view account, std::string_view container,
                                             const std::vector<StoredPolicy>& policies,
                                             PublicAccess access, const Conditions& conditions,
                                             Time now) {
  auto transaction = database_.Write();
  auto row = SelectContainer(transaction, account, container);
  if (!row) return row.error();
  if (auto met = CheckChange(conditions, row->record.state()); !met) return met.error();
  if (auto held = CheckLease(row->record.lease, conditions.lease_id, now, Leased::kContainer);
      !held)
    return held.error();
  transaction.Prepare(kDeletePolicies).Bind(":container_id", row->id).Run();
  for (const auto& policy : policies) Upsert(transaction, row->id, policy);
  UpdatePublicAccess(transaction, row->id, access);
  row->record.public_access = access;
  row->record.etag = Touch(transaction, row->id, now);
  row->record.last_modified = now;
  transaction.Commit();
  return std::move(row->record);
}

void PolicyStore::Remove(sqlite::Transaction& transaction, std::string_view account,
                         std::string_view container, std::string_view id) {
  const auto container_id = FindContainer(transaction, account, container);
  if (!container_id) return;
  transaction.Prepare(kDeletePolicy).Bind(":container_id", *container_id).Bind(":id", id).Run();
}

std::optional<StoredPolicy> PolicyStore::Find(std::string_view account, std::string_view container,
                                              std::string_view id) const {
  auto transaction = database_.Read();
  std::string key(account);
  key.append(1, '/').append(container).append(1, '/').append(id);
  return found_.Get(transaction, key, [&]() -> std::optional<StoredPolicy> {
    auto select = transaction.Prepare(kSelectPolicy);
    select.Bind(":account", account).Bind(":name", container).Bind(":id", id);
    if (!select.Step()) return std::nullopt;
    return ReadPolicy(select);
  });
}

Result<ContainerPolicies> PolicyStore::All(std::string_view account,
                                           std::string_view container) const {
  auto transaction = database_.Read();
  auto row = SelectContainer(transaction, account, container);
  if (!row) return row.error();
  ContainerPolicies all{.container = std::move(row->record), .policies = {}};
  auto select = transaction.Prepare(kSelectPolicies);
  select.Bind(":container_id", row->id);
  while (select.Step()) all.policies.push_back(ReadPolicy(select));
  return all;
}

}  // namespace msc::storage
