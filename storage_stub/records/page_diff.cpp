#include "storage_stub/records/page_diff.h"

#include <algorithm>

namespace msc::storage {
namespace {

std::uint64_t EndOfPage(const Block& page) { return page.start + page.extent.length; }

// The part of [first, end) that is in `range`.
http::ByteRange Within(const http::ByteRange& range, std::uint64_t first, std::uint64_t end) {
  first = std::max(first, range.first);
  end = std::min(end, range.first + range.length);
  return {.first = first, .length = end > first ? end - first : 0};
}

// To the last range, if that is adjacent and `joins`.
void Add(std::vector<PageRange>& ranges, const PageRange& more, bool joins) {
  if (more.range.length == 0) return;
  if (joins && !ranges.empty()) {
    auto& last = ranges.back().range;
    if (last.first + last.length == more.range.first) {
      last.length += more.range.length;
      return;
    }
  }
  ranges.push_back(more);
}

std::vector<PageRange> Written(const std::vector<Block>& pages, std::int64_t since,
                               const http::ByteRange& range) {
  std::vector<PageRange> ranges;
  std::int64_t written = 0;  // Of the last range.
  for (const auto& page : pages) {
    if (page.written <= since) continue;
    Add(ranges, {Within(range, page.start, EndOfPage(page))}, page.written == written);
    written = page.written;
  }
  return ranges;
}

// The parts of `before` that none of `now` covers.
std::vector<PageRange> Cleared(const std::vector<Block>& before, const std::vector<Block>& now,
                               const http::ByteRange& range) {
  std::vector<PageRange> ranges;
  auto cover = now.begin();
  for (const auto& page : before) {
    std::uint64_t at = page.start;
    while (cover != now.end() && EndOfPage(*cover) <= at) ++cover;
    for (auto next = cover; next != now.end() && next->start < EndOfPage(page); ++next) {
      if (next->start > at) Add(ranges, {Within(range, at, next->start), true}, true);
      at = EndOfPage(*next);
    }
    if (at < EndOfPage(page)) Add(ranges, {Within(range, at, EndOfPage(page)), true}, true);
  }
  return ranges;
}

}  // namespace

std::vector<PageRange> SelectPageDiff(sqlite::Transaction& transaction, std::int64_t content,
                                      const EarlierPages& earlier, const http::ByteRange& range,
                                      std::size_t most) {
  if (content == earlier.content) return {};
  const auto now = SelectPages(transaction, content, range);
  const auto before = SelectPages(transaction, earlier.content, range);
  auto ranges = Written(now, earlier.moment, range);
  const auto cleared = Cleared(before, now, range);
  ranges.insert(ranges.end(), cleared.begin(), cleared.end());
  std::sort(ranges.begin(), ranges.end(),
            [](const PageRange& a, const PageRange& b) { return a.range.first < b.range.first; });
  if (ranges.size() > most) ranges.resize(most);
  return ranges;
}

}  // namespace msc::storage
