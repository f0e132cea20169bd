#include "storage_stub/records/block_rows.h"

#include <chrono>

namespace msc::storage {
namespace {

constexpr std::string_view kSelectCommittedBlocks = R"sql(
  SELECT offset, length, crc64, block_id FROM committed_block
  WHERE blob_id = :blob_id ORDER BY start, ordinal
)sql";

constexpr std::string_view kCountNamedBlocks = R"sql(
  SELECT count(*) FROM committed_block WHERE blob_id = :blob_id AND block_id <> ''
)sql";

// CROSS JOIN makes SQLite read the blocks first: there are few of them, and many containers.
constexpr std::string_view kSelectContainersWithUncommitted = R"sql(
  SELECT DISTINCT container.name
  FROM uncommitted_block CROSS JOIN container ON container.id = uncommitted_block.container_id
  WHERE uncommitted_block.staged_ms > :since_ms AND container.account = :account
)sql";

constexpr std::string_view kSelectBlockRange = R"sql(
  SELECT offset, length, crc64, start FROM committed_block
  WHERE blob_id = :blob_id AND start < :end AND length > 0
    AND start >= (SELECT max(start) FROM committed_block
                  WHERE blob_id = :blob_id AND start <= :first)
  ORDER BY start
)sql";

// The same from the beginning of the blob on.
constexpr std::string_view kSelectFirstBlocks = R"sql(
  SELECT offset, length, crc64, start FROM committed_block
  WHERE blob_id = :blob_id AND start < :end AND length > 0
  ORDER BY start
)sql";

constexpr std::string_view kInsertCommittedBlock = R"sql(
  INSERT INTO committed_block (blob_id, start, ordinal, block_id, offset, length, crc64)
  VALUES (:blob_id, :start, :ordinal, :block_id, :offset, :length, :crc64)
)sql";

constexpr std::string_view kSelectExtentsOf = R"sql(
  SELECT offset, length, start, ordinal FROM committed_block WHERE blob_id = :blob_id
)sql";

constexpr std::string_view kDeleteCommittedBlocks = R"sql(
  DELETE FROM committed_block WHERE blob_id = :blob_id
)sql";

// By its whole key, SQLite deletes it at once; else it notes down first which rows it will delete.
constexpr std::string_view kDeleteOnlyBlock = R"sql(
  DELETE FROM committed_block WHERE blob_id = :blob_id AND start = :start AND ordinal = :ordinal
)sql";

constexpr std::string_view kSelectUncommittedBlocks = R"sql(
  SELECT offset, length, crc64, block_id FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name = :blob_name AND staged_ms > :since_ms
  ORDER BY block_id
)sql";

constexpr std::string_view kSelectAnyBlockId = R"sql(
  SELECT block_id FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name = :blob_name AND staged_ms > :since_ms LIMIT 1
)sql";

constexpr std::string_view kSelectUncommittedBlock = R"sql(
  SELECT offset, length FROM uncommitted_block
  WHERE container_id = :container_id AND blob_name = :blob_name AND block_id = :block_id
)sql";

constexpr std::string_view kReplaceUncommittedBlock = R"sql(
  REPLACE INTO uncommitted_block
    (container_id, blob_name, block_id, offset, length, crc64, staged_ms)
  VALUES (:container_id, :blob_name, :block_id, :offset, :length, :crc64, :staged_ms)
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

constexpr std::string_view kCountUncommittedBlocks = R"sql(
  SELECT count(*) FROM uncommitted_block
  WHERE container_id = :container_id AND staged_ms > :since_ms
)sql";

constexpr std::string_view kSelectAllExtents = R"sql(
  SELECT offset, length FROM committed_block
  UNION ALL SELECT offset, length FROM uncommitted_block
)sql";

constexpr std::string_view kSelectExtentsIn = R"sql(
  SELECT committed_block.offset, committed_block.length
  FROM committed_block JOIN blob ON blob.id = committed_block.blob_id
  WHERE blob.container_id = :container_id
  UNION ALL
  SELECT offset, length FROM uncommitted_block WHERE container_id = :container_id
)sql";

// All select offset and length first.
Extent ReadExtent(const sqlite::Statement& row) {
  return {static_cast<std::uint64_t>(row.Int(0)), static_cast<std::uint64_t>(row.Int(1))};
}

// Some select the checksum next.
std::uint64_t ReadChecksum(const sqlite::Statement& row) {
  return static_cast<std::uint64_t>(row.Int(2));
}

// Rows are selected before they are deleted: RETURNING makes SQLite open a table of its own, even
// for no row at all.
std::vector<Extent> ReadExtents(sqlite::Statement& rows) {
  std::vector<Extent> extents;
  while (rows.Step()) extents.push_back(ReadExtent(rows));
  return extents;
}

std::vector<Block> ReadBlocks(sqlite::Statement& rows) {
  std::vector<Block> blocks;
  while (rows.Step()) blocks.push_back({rows.Text(3), ReadExtent(rows), ReadChecksum(rows)});
  return blocks;
}

}  // namespace

Time AbandonedSince(Time now) { return now - std::chrono::days(7); }

std::vector<Extent> ExtentsOf(const std::vector<Block>& blocks) {
  std::vector<Extent> extents;
  extents.reserve(blocks.size());
  for (const auto& block : blocks) extents.push_back(block.extent);
  return extents;
}

std::vector<std::uint64_t> ChecksumsOf(const std::vector<Block>& blocks) {
  std::vector<std::uint64_t> checksums;
  checksums.reserve(blocks.size());
  for (const auto& block : blocks) checksums.push_back(block.crc64);
  return checksums;
}

std::vector<Block> SelectCommitted(sqlite::Transaction& transaction, std::int64_t blob) {
  auto select = transaction.Prepare(kSelectCommittedBlocks);
  select.Bind(":blob_id", blob);
  return ReadBlocks(select);
}

std::size_t CountNamedBlocks(sqlite::Transaction& transaction, std::int64_t blob) {
  auto count = transaction.Prepare(kCountNamedBlocks);
  count.Bind(":blob_id", blob).Step();
  return static_cast<std::size_t>(count.Int(0));
}

RangeBlocks SelectRange(sqlite::Transaction& transaction, std::int64_t blob,
                        const http::ByteRange& range) {
  auto select = transaction.Prepare(range.first == 0 ? kSelectFirstBlocks : kSelectBlockRange);
  select.Bind(":blob_id", blob).Bind(":end", static_cast<std::int64_t>(range.first + range.length));
  if (range.first > 0) select.Bind(":first", static_cast<std::int64_t>(range.first));
  RangeBlocks blocks;
  while (select.Step()) {
    if (blocks.extents.empty()) {
      blocks.skip = range.first - static_cast<std::uint64_t>(select.Int(3));
    }
    blocks.extents.push_back(ReadExtent(select));
    blocks.checksums.push_back(ReadChecksum(select));
  }
  return blocks;
}

void InsertCommitted(sqlite::Transaction& transaction, std::int64_t blob,
                     const std::vector<Block>& blocks) {
  std::int64_t start = 0, ordinal = 0;
  for (const auto& block : blocks) {
    const auto length = static_cast<std::int64_t>(block.extent.length);
    transaction.Prepare(kInsertCommittedBlock)
        .Bind(":blob_id", blob)
        .Bind(":start", start)
        .Bind(":ordinal", ordinal++)
        .Bind(":block_id", block.id)
        .Bind(":offset", static_cast<std::int64_t>(block.extent.offset))
        .Bind(":length", length)
        .Bind(":crc64", static_cast<std::int64_t>(block.crc64))
        .Run();
    start += length;
  }
}

std::vector<Extent> DeleteCommitted(sqlite::Transaction& transaction, std::int64_t blob) {
  std::vector<Extent> extents;
  std::int64_t start = 0, ordinal = 0;
  {
    auto select = transaction.Prepare(kSelectExtentsOf);
    select.Bind(":blob_id", blob);
    while (select.Step()) {
      extents.push_back(ReadExtent(select));
      start = select.Int(2);
      ordinal = select.Int(3);
    }
  }
  if (extents.size() > 1) {
    transaction.Prepare(kDeleteCommittedBlocks).Bind(":blob_id", blob).Run();
  } else if (extents.size() == 1) {
    transaction.Prepare(kDeleteOnlyBlock)
        .Bind(":blob_id", blob)
        .Bind(":start", start)
        .Bind(":ordinal", ordinal)
        .Run();
  }
  return extents;
}

std::vector<Block> SelectUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                     std::string_view blob_name, Time since) {
  auto select = transaction.Prepare(kSelectUncommittedBlocks);
  select.Bind(":container_id", container).Bind(":blob_name", blob_name).Bind(":since_ms", since);
  return ReadBlocks(select);
}

std::optional<std::string> AnyUncommittedId(sqlite::Transaction& transaction,
                                            std::int64_t container, std::string_view blob_name,
                                            Time since) {
  auto select = transaction.Prepare(kSelectAnyBlockId);
  select.Bind(":container_id", container).Bind(":blob_name", blob_name).Bind(":since_ms", since);
  if (!select.Step()) return std::nullopt;
  return select.Text(0);
}

Extent ReplaceUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                          std::string_view blob_name, const Block& block, Time now) {
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

std::vector<Extent> SelectAllExtents(sqlite::Transaction& transaction) {
  auto select = transaction.Prepare(kSelectAllExtents);
  return ReadExtents(select);
}

std::vector<Extent> SelectExtentsIn(sqlite::Transaction& transaction, std::int64_t container) {
  auto select = transaction.Prepare(kSelectExtentsIn);
  select.Bind(":container_id", container);
  return ReadExtents(select);
}

}  // namespace msc::storage
