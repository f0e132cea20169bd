#include "storage_stub/records/lease_columns.h"

#include <utility>

namespace msc::storage {
namespace {

constexpr std::string_view kUpdateBlobLease = R"sql(
  UPDATE blob
  SET lease_id = :lease_id, lease_seconds = :lease_seconds, lease_ends_ms = :lease_ends_ms,
      lease_broken_ms = :lease_broken_ms
  WHERE id = :id
)sql";

constexpr std::string_view kUpdateContainerLease = R"sql(
  UPDATE container
  SET lease_id = :lease_id, lease_seconds = :lease_seconds, lease_ends_ms = :lease_ends_ms,
      lease_broken_ms = :lease_broken_ms
  WHERE id = :id
)sql";

constexpr std::int64_t kInfinite = -1;

void UpdateLease(sqlite::Transaction& transaction, std::string_view sql, std::int64_t id,
                 const std::optional<Lease>& lease) {
  auto update = transaction.Prepare(sql);
  BindLease(update, lease);
  update.Bind(":id", id).Run();
}

}  // namespace

std::optional<Lease> ReadLease(const sqlite::Statement& row, int first) {
  auto id = row.OptionalText(first);
  if (!id) return std::nullopt;
  Lease lease{.id = *std::move(id),
              .ends = row.OptionalTime(first + 2),
              .broken = row.OptionalTime(first + 3)};
  if (const auto seconds = row.Int(first + 1); seconds != kInfinite) {
    lease.duration = std::chrono::seconds(seconds);
  }
  return lease;
}

void BindLease(sqlite::Statement& statement, const std::optional<Lease>& lease) {
  if (!lease) return;  // Then they are NULL.
  statement.Bind(":lease_id", lease->id)
      .Bind(":lease_seconds", lease->duration ? lease->duration->count() : kInfinite)
      .Bind(":lease_ends_ms", lease->ends)
      .Bind(":lease_broken_ms", lease->broken);
}

void UpdateBlobLease(sqlite::Transaction& transaction, std::int64_t id,
                     const std::optional<Lease>& lease) {
  UpdateLease(transaction, kUpdateBlobLease, id, lease);
}

void UpdateContainerLease(sqlite::Transaction& transaction, std::int64_t id,
                          const std::optional<Lease>& lease) {
  UpdateLease(transaction, kUpdateContainerLease, id, lease);
}

}  // namespace msc::storage
