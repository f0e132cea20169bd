#pragma once

#include <vector>

#include "emulator/sqlite/statement.h"
#include "storage_stub/records/block_rows.h"

// How a row of a block is read.
namespace msc::storage {

// All select offset and length first.
inline Extent ReadExtent(const sqlite::Statement& row) {
  return {static_cast<std::uint64_t>(row.Int(0)), static_cast<std::uint64_t>(row.Int(1))};
}

// Some select the checksum next.
inline std::uint64_t ReadChecksum(const sqlite::Statement& row) {
  return static_cast<std::uint64_t>(row.Int(2));
}

// Rows are selected before they are deleted: RETURNING makes SQLite open a table of its own, even
// for no row at all.
inline std::vector<Extent> ReadExtents(sqlite::Statement& rows) {
  std::vector<Extent> extents;
  while (rows.Step()) extents.push_back(ReadExtent(rows));
  return extents;
}

inline std::vector<Block> ReadBlocks(sqlite::Statement& rows) {
  std::vector<Block> blocks;
  while (rows.Step()) blocks.push_back({rows.Text(3), ReadExtent(rows), ReadChecksum(rows)});
  return blocks;
}

// A committed one.
inline Block ReadCommitted(const sqlite::Statement& row) {
  return {.id = row.Text(3),
          .extent = ReadExtent(row),
          .crc64 = ReadChecksum(row),
          .start = static_cast<std::uint64_t>(row.Int(4)),
          .ordinal = static_cast<std::uint64_t>(row.Int(5)),
          .written = row.Int(6)};
}

}  // namespace msc::storage
