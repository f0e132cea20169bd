#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/sqlite/database.h"
#include "storage_stub/extents/region_allocator.h"
#include "storage_stub/protocol/byte_range.h"

// The rows of committed blocks; `content` is the number of a blob's blocks (BlobRow). The functions
// run in the caller's transaction.
namespace msc::storage {

inline constexpr std::size_t kMaxBlocks = 50'000;  // Of a blob.
inline constexpr std::size_t kMaxBlockId = 64;     // Bytes, decoded.

struct Block {
  std::string id;  // In base64, as the client wrote it; empty: it has none.
  Extent extent;
  std::uint64_t crc64 = 0;    // Of its bytes.
  std::uint64_t start = 0;    // Its place in the blob, in bytes.
  std::uint64_t ordinal = 0;  // Its place among the blocks; of pages: 0.
  std::int64_t written = 0;   // Of pages: the ETag's number of the write; 0: not known.
};

// Gives the blocks their places, one after the other, and returns the size of all.
std::uint64_t PlaceInOrder(std::vector<Block>& blocks);

std::vector<Extent> ExtentsOf(const std::vector<Block>& blocks);

// The blocks of a blob, in order. Pages are blocks with gaps between them.
std::vector<Block> SelectCommitted(sqlite::Transaction& transaction, std::int64_t content);

// How many blocks of a blob have an id.
std::size_t CountNamedBlocks(sqlite::Transaction& transaction, std::int64_t content);

// The blocks that contain a range, in order.
struct RangeBlocks {
  std::vector<Extent> extents = {};
  std::vector<std::uint64_t> checksums = {};  // Of the whole extents.
  std::uint64_t skip = 0;                     // Bytes of the first one before the range.
  std::vector<std::uint64_t> zeros = {};      // As in StoredBytes.
};
RangeBlocks SelectRange(sqlite::Transaction& transaction, std::int64_t content,
                        const http::ByteRange& range);

void InsertCommitted(sqlite::Transaction& transaction, std::int64_t content,
                     const std::vector<Block>& blocks);

// Deletes the rows of a blob's blocks and returns their extents.
std::vector<Extent> DeleteCommitted(sqlite::Transaction& transaction, std::int64_t content);

// Deletes the rows of all blobs of a container.
void DeleteBlocksIn(sqlite::Transaction& transaction, std::int64_t container);

// The extents of all rows, or of those of one container: one entry per row.
std::vector<Extent> SelectAllExtents(sqlite::Transaction& transaction);
std::vector<Extent> SelectExtentsIn(sqlite::Transaction& transaction, std::int64_t container);

}  // namespace msc::storage
