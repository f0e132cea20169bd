#include "storage_stub/records/lease_columns.h"

#include <utility>

namespace msc::storage {
namespace {

constexpr std::int64_t kInfinite = -1;

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

void BindLease(sqlite::Statement& statement, const Lease& lease) {
  statement.Bind(":lease_id", lease.id)
      .Bind(":lease_seconds", lease.duration ? lease.duration->count() : kInfinite);
  if (lease.ends) statement.Bind(":lease_ends_ms", *lease.ends);
  if (lease.broken) statement.Bind(":lease_broken_ms", *lease.broken);
}

}  // namespace msc::storage
