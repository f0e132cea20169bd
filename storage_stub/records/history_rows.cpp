#include "storage_stub/records/history_rows.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectAnySnapshot = R"sql(
  SELECT 1 FROM blob
  WHERE container_id = :container_id AND name = :name AND kind = 1 AND deleted_ms IS NULL LIMIT 1
)sql";

constexpr std::string_view kMoveToHistory = R"sql(
  UPDATE blob
  SET kind = :kind, moment = :moment, version = :version, deleted_ms = :deleted_ms,
      purged_ms = :purged_ms, lease_id = NULL, lease_seconds = NULL, lease_ends_ms = NULL,
      lease_broken_ms = NULL
  WHERE id = :id
)sql";

constexpr std::string_view kSelectTypeOfVersions = R"sql(
  SELECT type FROM blob
  WHERE container_id = :container_id AND name = :name AND (kind = 2 OR version <> 0)
    AND deleted_ms IS NULL
  LIMIT 1
)sql";

constexpr std::string_view kSelectAnyDeleted = R"sql(
  SELECT 1 FROM blob
  WHERE container_id = :container_id AND name = :name AND purged_ms > :now_ms LIMIT 1
)sql";

constexpr std::string_view kMakeSnapshotsOfDeleted = R"sql(
  UPDATE blob SET kind = 1 WHERE container_id = :container_id AND name = :name AND kind = 3
)sql";

constexpr std::string_view kRestoreBase = R"sql(
  UPDATE blob SET kind = 0, moment = :moment, deleted_ms = NULL, purged_ms = NULL
  WHERE id = (SELECT id FROM blob
              WHERE container_id = :container_id AND name = :name AND kind = 3
                AND purged_ms > :now_ms
              ORDER BY moment DESC LIMIT 1)
)sql";

constexpr std::string_view kRestoreOthers = R"sql(
  UPDATE blob
  SET kind = CASE kind WHEN 3 THEN 1 ELSE kind END, deleted_ms = NULL, purged_ms = NULL
  WHERE container_id = :container_id AND name = :name AND purged_ms > :now_ms
)sql";

}  // namespace

bool HasSnapshots(sqlite::Transaction& transaction, std::int64_t container, std::string_view name) {
  return transaction.Prepare(kSelectAnySnapshot)
      .Bind(":container_id", container)
      .Bind(":name", name)
      .Step();
}

void MoveToHistory(sqlite::Transaction& transaction, std::int64_t id, const BlobMoment& moment,
                   const std::optional<Deletion>& deletion) {
  const bool is_version = moment.kind == BlobKind::kVersion;
  auto update = transaction.Prepare(kMoveToHistory);
  update.Bind(":id", id)
      .Bind(":kind", static_cast<std::int64_t>(moment.kind))
      .Bind(":moment", moment.number)
      .Bind(":version", is_version ? moment.number : std::int64_t{0});
  if (deletion) update.Bind(":deleted_ms", deletion->at).Bind(":purged_ms", deletion->purged);
  update.Run();
}

std::optional<BlobType> TypeOfVersions(sqlite::Transaction& transaction, std::int64_t container,
                                       std::string_view name) {
  auto select = transaction.Prepare(kSelectTypeOfVersions);
  select.Bind(":container_id", container).Bind(":name", name);
  if (!select.Step()) return std::nullopt;
  return static_cast<BlobType>(select.Int(0));
}

bool HasDeleted(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                Time now) {
  return transaction.Prepare(kSelectAnyDeleted)
      .Bind(":container_id", container)
      .Bind(":name", name)
      .Bind(":now_ms", now)
      .Step();
}

void MakeSnapshotsOfDeleted(sqlite::Transaction& transaction, std::int64_t container,
                            std::string_view name) {
  transaction.Prepare(kMakeSnapshotsOfDeleted)
      .Bind(":container_id", container)
      .Bind(":name", name)
      .Run();
}

void RestoreBase(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                 Time now) {
  transaction.Prepare(kRestoreBase)
      .Bind(":container_id", container)
      .Bind(":name", name)
      .Bind(":moment", kBaseMoment)
      .Bind(":now_ms", now)
      .Run();
}

void RestoreOthers(sqlite::Transaction& transaction, std::int64_t container, std::string_view name,
                   Time now) {
  transaction.Prepare(kRestoreOthers)
      .Bind(":container_id", container)
      .Bind(":name", name)
      .Bind(":now_ms", now)
      .Run();
}

}  // namespace msc::storage
