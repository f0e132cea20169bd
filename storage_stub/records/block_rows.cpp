#include "storage_stub/records/block_rows.h"

#include "storage_stub/records/read_block.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectCommittedBlocks = R"sql(
  SELECT offset, length, crc64, block_id, start, ordinal, written FROM committed_block
  WHERE content = :content ORDER BY start, ordinal
)sql";

constexpr std::string_view kCountNamedBlocks = R"sql(
  SELECT count(*) FROM committed_block WHERE content = :content AND block_id <> ''
)sql";

constexpr std::string_view kSelectBlockRange = R"sql(
  SELECT offset, length, crc64, start FROM committed_block
  WHERE content = :content AND start < :end AND length > 0
    AND start >= coalesce((SELECT max(start) FROM committed_block
                           WHERE content = :content AND start <= :first), 0)
  ORDER BY start
)sql";

// The same from the beginning of the blob on.
constexpr std::string_view kSelectFirstBlocks = R"sql(
  SELECT offset, length, crc64, start FROM committed_block
  WHERE content = :content AND start < :end AND length > 0
  ORDER BY start
)sql";

constexpr std::string_view kInsertCommittedBlock = R"sql(
  INSERT INTO committed_block (content, start, ordinal, block_id, offset, length, crc64, written)
  VALUES (:content, :start, :ordinal, :block_id, :offset, :length, :crc64, :written)
)sql";

constexpr std::string_view kSelectExtentsOf = R"sql(
  SELECT offset, length, start, ordinal FROM committed_block WHERE content = :content
)sql";

constexpr std::string_view kDeleteCommittedBlocks = R"sql(
  DELETE FROM committed_block WHERE content = :content
)sql";

// By its whole key, SQLite deletes it at once; else it notes down first which rows it will delete.
constexpr std::string_view kDeleteOnlyBlock = R"sql(
  DELETE FROM committed_block WHERE content = :content AND start = :start AND ordinal = :ordinal
)sql";

constexpr std::string_view kDeleteBlocksIn = R"sql(
  DELETE FROM committed_block
  WHERE content IN (SELECT content FROM blob WHERE container_id = :container_id)
)sql";

constexpr std::string_view kSelectAllExtents = R"sql(
  SELECT offset, length FROM committed_block
  UNION ALL SELECT offset, length FROM uncommitted_block
)sql";

constexpr std::string_view kSelectExtentsIn = R"sql(
  SELECT offset, length FROM committed_block
  WHERE content IN (SELECT content FROM blob WHERE container_id = :container_id)
  UNION ALL
  SELECT offset, length FROM uncommitted_block WHERE container_id = :container_id
)sql";

}  // namespace

std::vector<Extent> ExtentsOf(const std::vector<Block>& blocks) {
  std::vector<Extent> extents;
  extents.reserve(blocks.size());
  for (const auto& block : blocks) extents.push_back(block.extent);
  return extents;
}

std::uint64_t PlaceInOrder(std::vector<Block>& blocks) {
  std::uint64_t start = 0, ordinal = 0;
  for (auto& block : blocks) {
    block.start = start;
    block.ordinal = ordinal++;
    start += block.extent.length;
  }
  return start;
}

std::vector<Block> SelectCommitted(sqlite::Transaction& transaction, std::int64_t content) {
  auto select = transaction.Prepare(kSelectCommittedBlocks);
  select.Bind(":content", content);
  std::vector<Block> blocks;
  while (select.Step()) blocks.push_back(ReadCommitted(select));
  return blocks;
}

std::size_t CountNamedBlocks(sqlite::Transaction& transaction, std::int64_t content) {
  auto count = transaction.Prepare(kCountNamedBlocks);
  count.Bind(":content", content).Step();
  return static_cast<std::size_t>(count.Int(0));
}

RangeBlocks SelectRange(sqlite::Transaction& transaction, std::int64_t content,
                        const http::ByteRange& range) {
  auto select = transaction.Prepare(range.first == 0 ? kSelectFirstBlocks : kSelectBlockRange);
  select.Bind(":content", content)
      .Bind(":end", static_cast<std::int64_t>(range.first + range.length));
  if (range.first > 0) select.Bind(":first", static_cast<std::int64_t>(range.first));
  RangeBlocks blocks;
  std::uint64_t at = range.first;
  while (select.Step()) {
    const Extent extent = ReadExtent(select);
    const auto start = static_cast<std::uint64_t>(select.Int(3));
    if (start + extent.length <= range.first) continue;  // Pages before the gap that it begins in.
    if (start < range.first) blocks.skip = range.first - start;
    if (start > at) {
      blocks.zeros.resize(blocks.extents.size());
      blocks.zeros.push_back(start - at);
    }
    blocks.extents.push_back(extent);
    blocks.checksums.push_back(ReadChecksum(select));
    at = start + extent.length;
  }
  return blocks;
}

void InsertCommitted(sqlite::Transaction& transaction, std::int64_t content,
                     const std::vector<Block>& blocks) {
  for (const auto& block : blocks) {
    transaction.Prepare(kInsertCommittedBlock)
        .Bind(":content", content)
        .Bind(":start", static_cast<std::int64_t>(block.start))
        .Bind(":ordinal", static_cast<std::int64_t>(block.ordinal))
        .Bind(":block_id", block.id)
        .Bind(":offset", static_cast<std::int64_t>(block.extent.offset))
        .Bind(":length", static_cast<std::int64_t>(block.extent.length))
        .Bind(":crc64", static_cast<std::int64_t>(block.crc64))
        .Bind(":written", block.written)
        .Run();
  }
}

std::vector<Extent> DeleteCommitted(sqlite::Transaction& transaction, std::int64_t content) {
  std::vector<Extent> extents;
  std::int64_t start = 0, ordinal = 0;
  {
    auto select = transaction.Prepare(kSelectExtentsOf);
    select.Bind(":content", content);
    while (select.Step()) {
      extents.push_back(ReadExtent(select));
      start = select.Int(2);
      ordinal = select.Int(3);
    }
  }
  if (extents.size() > 1) {
    transaction.Prepare(kDeleteCommittedBlocks).Bind(":content", content).Run();
  } else if (extents.size() == 1) {
    transaction.Prepare(kDeleteOnlyBlock)
        .Bind(":content", content)
        .Bind(":start", start)
        .Bind(":ordinal", ordinal)
        .Run();
  }
  return extents;
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

void DeleteBlocksIn(sqlite::Transaction& transaction, std::int64_t container) {
  transaction.Prepare(kDeleteBlocksIn).Bind(":container_id", container).Run();
}

}  // namespace msc::storage
