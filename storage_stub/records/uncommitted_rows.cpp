#include "storage_stub/records/uncommitted_rows.h"

#include <chrono>

#include "storage_stub/records/read_block.h"

namespace msc::storage {
namespace {

// CROSS JOIN makes SQLite read the blocks first: there are few of them, and many containers.
constexpr std::string_view kSelectContainersWithUncommitted = R"sql(
  SELECT DISTINCT container.name
  FROM uncommitted_block CROSS JOIN container ON container.id = uncommitted_block.container_id
  WHERE uncommitted_block.staged_ms > :since_ms AND container.account = :account
)sql";

constexpr std::string_view kSelectUncommittedBlocks = R"sql(
  SELECT offset, length, crc64, block_id FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name = :blob_name AND staged_ms > :since_ms
  ORDER BY block_id
)sql";

constexpr std::string_view kSelectAnyBlock = R"sql(
  SELECT block_id, key_sha256 FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name = :blob_name AND staged_ms > :since_ms LIMIT 1
)sql";

constexpr std::string_view kSelectUncommittedBlock = R"sql(
  SELECT offset, length FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name = :blob_name AND block_id = :block_id
)sql";

constexpr std::string_view kReplaceUncommittedBlock = R"sql(
  REPLACE INTO uncommitted_block
    (container_id, blob_name, block_id, offset, length, crc64, staged_ms, key_sha256)
  VALUES (:container_id, :blob_name, :block_id, :offset, :length, :crc64, :staged_ms, :key_sha256)
)sql";

constexpr std::string_view kSelectUncommittedExtents = R"sql(
  SELECT offset, length FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name = :blob_name
)sql";

constexpr std::string_view kDeleteUncommittedBlocks = R"sql(
  DELETE FROM uncommitted_block WHERE container_id = :container_id AND blob_name = :blob_name
)sql";

constexpr std::string_view kDeleteAbandonedBlocks = R"sql(
  DELETE FROM uncommitted_block WHERE staged_ms <= :since_ms RETURNING offset, length
)sql";

constexpr std::string_view kSelectNextUncommittedName = R"sql(
  SELECT blob_name FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name >= :from AND staged_ms > :since_ms
  ORDER BY blob_name LIMIT 1
)sql";

constexpr std::string_view kCountUncommittedOfBlob = R"sql(
  SELECT count(*) FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name = :blob_name
)sql";

constexpr std::string_view kCountUncommittedBlocks = R"sql(
  SELECT count(*) FROM uncommitted_block
  WHERE container_id = :container_id AND staged_ms > :since_ms
)sql";

}  // namespace

Time AbandonedSince(Time now) { return now - std::chrono::days(7); }

std::vector<Block> SelectUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                     std::string_view blob_name, Time since) {
  auto select = transaction.Prepare(kSelectUncommittedBlocks);
  select.Bind(":container_id", container).Bind(":blob_name", blob_name).Bind(":since_ms", since);
  return ReadBlocks(select);
}

std::optional<StagedBlock> AnyUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                          std::string_view blob_name, Time since) {
  auto select = transaction.Prepare(kSelectAnyBlock);
  select.Bind(":container_id", container).Bind(":blob_name", blob_name).Bind(":since_ms", since);
  if (!select.Step()) return std::nullopt;
  return StagedBlock{.id = select.Text(0), .key_sha256 = select.Text(1)};
}

std::size_t CountUncommittedOf(sqlite::Transaction& transaction, std::int64_t container,
                               std::string_view blob_name) {
  auto count = transaction.Prepare(kCountUncommittedOfBlob);
  count.Bind(":container_id", container).Bind(":blob_name", blob_name).Step();
  return static_cast<std::size_t>(count.Int(0));
}

bool HasUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                    std::string_view blob_name, std::string_view block_id) {
  auto select = transaction.Prepare(kSelectUncommittedBlock);
  select.Bind(":container_id", container).Bind(":blob_name", blob_name).Bind(":block_id", block_id);
  return select.Step();
}

Extent ReplaceUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                          std::string_view blob_name, const Block& block, const Bytes& key_sha256,
                          Time now) {
  Extent replaced;
  {
    auto select = transaction.Prepare(kSelectUncommittedBlock);
    select.Bind(":container_id", container)
        .Bind(":blob_name", blob_name)
        .Bind(":block_id", block.id);
    if (select.Step()) replaced = ReadExtent(select);
  }
  transaction.Prepare(kReplaceUncommittedBlock)
      .Bind(":container_id", container)
      .Bind(":blob_name", blob_name)
      .Bind(":block_id", block.id)
      .Bind(":offset", static_cast<std::int64_t>(block.extent.offset))
      .Bind(":length", static_cast<std::int64_t>(block.extent.length))
      .Bind(":crc64", static_cast<std::int64_t>(block.crc64))
      .Bind(":staged_ms", now)
      .BindBlob(":key_sha256", key_sha256)
      .Run();
  return replaced;
}

std::vector<Extent> DeleteUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                      std::string_view blob_name) {
  std::vector<Extent> extents;
  {
    auto select = transaction.Prepare(kSelectUncommittedExtents);
    select.Bind(":container_id", container).Bind(":blob_name", blob_name);
    extents = ReadExtents(select);
  }
  if (extents.empty()) return extents;
  transaction.Prepare(kDeleteUncommittedBlocks)
      .Bind(":container_id", container)
      .Bind(":blob_name", blob_name)
      .Run();
  return extents;
}

std::vector<Extent> DeleteAbandoned(sqlite::Transaction& transaction, Time since) {
  auto remove = transaction.Prepare(kDeleteAbandonedBlocks);
  remove.Bind(":since_ms", since);
  return ReadExtents(remove);
}

std::string NextUncommittedName(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from, Time since) {
  auto select = transaction.Prepare(kSelectNextUncommittedName);
  select.Bind(":container_id", container).Bind(":from", from).Bind(":since_ms", since);
  return select.Step() ? select.Text(0) : std::string();
}

std::size_t CountUncommitted(sqlite::Transaction& transaction, std::int64_t container, Time since) {
  auto count = transaction.Prepare(kCountUncommittedBlocks);
  count.Bind(":container_id", container).Bind(":since_ms", since).Step();
  return static_cast<std::size_t>(count.Int(0));
}

std::vector<std::string> SelectContainersWithUncommitted(sqlite::Transaction& transaction,
                                                         std::string_view account, Time since) {
  auto select = transaction.Prepare(kSelectContainersWithUncommitted);
  select.Bind(":account", account).Bind(":since_ms", since);
  std::vector<std::string> names;
  while (select.Step()) names.push_back(select.Text(0));
  return names;
}

}  // namespace msc::storage
