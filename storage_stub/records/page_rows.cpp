#include "storage_stub/records/page_rows.h"

#include <algorithm>

#include "storage_stub/records/read_block.h"

namespace msc::storage {
namespace {

// No row that begins before :least reaches into the range.
constexpr std::string_view kSelectPageRows = R"sql(
  SELECT offset, length, crc64, block_id, start, ordinal, written FROM committed_block
  WHERE content = :content AND start >= :least AND start < :end AND start + length > :first
  ORDER BY start
)sql";

constexpr std::string_view kDeletePageRows = R"sql(
  DELETE FROM committed_block
  WHERE content = :content AND start >= :least AND start < :end AND start + length > :first
)sql";

void BindRange(sqlite::Statement& statement, std::int64_t content, const http::ByteRange& range) {
  const auto first = static_cast<std::int64_t>(range.first);
  statement.Bind(":content", content)
      .Bind(":first", first)
      .Bind(":least", first - static_cast<std::int64_t>(kMaxPageRow))
      .Bind(":end", static_cast<std::int64_t>(range.first + range.length));
}

std::uint64_t EndOf(const http::ByteRange& range) { return range.first + range.length; }

}  // namespace

std::vector<Block> SelectPages(sqlite::Transaction& transaction, std::int64_t content,
                               const http::ByteRange& range) {
  auto select = transaction.Prepare(kSelectPageRows);
  BindRange(select, content, range);
  std::vector<Block> pages;
  while (select.Step()) pages.push_back(ReadCommitted(select));
  return pages;
}

void DeletePages(sqlite::Transaction& transaction, std::int64_t content,
                 const http::ByteRange& range) {
  auto remove = transaction.Prepare(kDeletePageRows);
  BindRange(remove, content, range);
  remove.Run();
}

std::vector<PageRange> SelectPageRanges(sqlite::Transaction& transaction, std::int64_t content,
                                        const http::ByteRange& range, std::size_t most) {
  auto select = transaction.Prepare(kSelectPageRows);
  BindRange(select, content, range);
  std::vector<PageRange> ranges;
  std::int64_t written = 0;  // Of the last range.
  while (select.Step()) {
    const Block page = ReadCommitted(select);
    const auto first = std::max(page.start, range.first);
    const auto end = std::min(page.start + page.extent.length, range.first + range.length);
    const bool is_adjacent = !ranges.empty() && EndOf(ranges.back().range) == first;
    if (is_adjacent && page.written == written) {
      ranges.back().range.length += end - first;
    } else if (ranges.size() == most) {
      break;
    } else {
      ranges.push_back({.range = {.first = first, .length = end - first}});
      written = page.written;
    }
  }
  return ranges;
}

}  // namespace msc::storage
