#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/extents/region_allocator.h"
#include "storage_stub/protocol/byte_range.h"

// The rows of blocks. The functions run in the caller's transaction.
namespace msc::storage {

// Uncommitted blocks are kept for a week: those that were not staged after this time count as
// deleted.
Time AbandonedSince(Time now);

inline constexpr std::size_t kMaxBlocks = 50'000;  // Of a blob.
inline constexpr std::size_t kMaxBlockId = 64;     // Bytes, decoded.

struct Block {
  std::string id;  // In base64, as the client wrote it; empty: all of a Put Blob.
  Extent extent;
  std::uint64_t crc64 = 0;  // Of its bytes.
};

std::vector<Extent> ExtentsOf(const std::vector<Block>& blocks);
std::vector<std::uint64_t> ChecksumsOf(const std::vector<Block>& blocks);

// The blocks of a blob, in order.
std::vector<Block> SelectCommitted(sqlite::Transaction& transaction, std::int64_t blob);

// How many blocks of a blob have an id.
std::size_t CountNamedBlocks(sqlite::Transaction& transaction, std::int64_t blob);

// The blocks that contain a range, in order.
struct RangeBlocks {
  std::vector<Extent> extents = {};
  std::vector<std::uint64_t> checksums = {};  // Of the whole extents.
  std::uint64_t skip = 0;                     // Bytes of the first one before the range.
};
RangeBlocks SelectRange(sqlite::Transaction& transaction, std::int64_t blob,
                        const http::ByteRange& range);

void InsertCommitted(sqlite::Transaction& transaction, std::int64_t blob,
                     const std::vector<Block>& blocks);

// Deletes the rows of a blob's blocks and returns their extents.
std::vector<Extent> DeleteCommitted(sqlite::Transaction& transaction, std::int64_t blob);

// The blocks of `blob_name` that were staged after `since`, in the order of their ids.
std::vector<Block> SelectUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                     std::string_view blob_name, Time since);

// The id of any block of `blob_name` that was staged after `since`; nullopt: there is none.
std::optional<std::string> AnyUncommittedId(sqlite::Transaction& transaction,
                                            std::int64_t container, std::string_view blob_name,
                                            Time since);

// Adds a block, or replaces the one with that id, whose extent it returns (empty: there was none).
Extent ReplaceUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                          std::string_view blob_name, const Block& block, Time now);

// Deletes the rows of all blocks of `blob_name` and returns their extents.
std::vector<Extent> DeleteUncommitted(sqlite::Transaction& transaction, std::int64_t container,
                                      std::string_view blob_name);

// The same for all blocks that were not staged after `since`.
std::vector<Extent> DeleteAbandoned(sqlite::Transaction& transaction, Time since);

// The first name, not less than `from`, of a blob that has uncommitted blocks; empty: none.
std::string NextUncommittedName(sqlite::Transaction& transaction, std::int64_t container,
                                std::string_view from, Time since);

// How many blocks of all blobs of a container were staged after `since`.
std::size_t CountUncommitted(sqlite::Transaction& transaction, std::int64_t container, Time since);

// The names of an account's containers with blocks that were staged after `since`.
std::vector<std::string> SelectContainersWithUncommitted(sqlite::Transaction& transaction,
                                                         std::string_view account, Time since);

// The extents of all rows, or of those of one container: one entry per row.
std::vector<Extent> SelectAllExtents(sqlite::Transaction& transaction);
std::vector<Extent> SelectExtentsIn(sqlite::Transaction& transaction, std::int64_t container);

}  // namespace msc::storage
