#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "emulator/sqlite/database.h"
#include "storage_stub/protocol/byte_range.h"
#include "storage_stub/records/block_rows.h"

// The rows of pages, which are blocks without an id and with gaps between them. The functions run
// in the caller's transaction.
namespace msc::storage {

inline constexpr std::uint64_t kPageSize = 512;                        // Bytes.
inline constexpr std::uint64_t kMaxPageBlob = std::uint64_t{8} << 40;  // Bytes: 8 TiB.

// Bytes of the longest row. So little has to be written anew if a part of it is replaced.
inline constexpr std::uint64_t kMaxPageRow = 64 * 1024;

// Adjacent pages of one kind.
struct PageRange {
  http::ByteRange range;
  bool is_cleared = false;  // Since an earlier state, in a difference.
};

// The rows that have a byte in the range, in order.
std::vector<Block> SelectPages(sqlite::Transaction& transaction, std::int64_t content,
                               const http::ByteRange& range);

void DeletePages(sqlite::Transaction& transaction, std::int64_t content,
                 const http::ByteRange& range);

// At most `most` ranges in `range`, in order: adjacent pages that were written at once.
std::vector<PageRange> SelectPageRanges(sqlite::Transaction& transaction, std::int64_t content,
                                        const http::ByteRange& range, std::size_t most);

}  // namespace msc::storage
