#include "storage_stub/records/page_edit.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "emulator/base/crc64.h"
#include "storage_stub/extents/extent_reader.h"
#include "storage_stub/records/page_rows.h"

namespace msc::storage {
namespace {

std::uint64_t Crc64At(const ExtentFile& file, const Extent& extent) {
  std::string bytes(static_cast<std::size_t>(extent.length), '\0');
  file.Read(extent.offset, bytes);
  Crc64 crc64;
  crc64.Update(bytes);
  return crc64.value();
}

}  // namespace

// Each row but the last has whole regions of the file, so that each can be freed by itself.
std::vector<Block> PagesOf(const ExtentWriter& writer, std::uint64_t start) {
  static_assert(kMaxPageRow % kRegionUnit == 0);
  const Extent all = writer.extent();
  if (all.length <= kMaxPageRow) return {{{}, all, writer.crc64(), start}};
  std::vector<Block> pages;
  for (std::uint64_t at = 0; at < all.length; at += kMaxPageRow) {
    const Extent extent{all.offset + at, std::min(kMaxPageRow, all.length - at)};
    pages.push_back({{}, extent, Crc64At(writer.file(), extent), start + at});
  }
  return pages;
}

void PageEdit::Clear(const http::ByteRange& range) {
  const std::uint64_t end = range.first + range.length;
  const auto old = SelectPages(transaction_, content_, range);
  for (const auto& page : old) {
    const std::uint64_t page_end = page.start + page.extent.length;
    if (page.start < range.first) Keep(page, page.start, range.first);
    if (page_end > end) Keep(page, end, page_end);
    gone_.push_back(page.extent);
  }
  if (!old.empty()) DeletePages(transaction_, content_, range);
  InsertCommitted(transaction_, content_, kept_);
  kept_.clear();
}

void PageEdit::Insert(std::vector<Block> pages) {
  for (auto& page : pages) page.written = etag_;
  InsertCommitted(transaction_, content_, pages);
}

std::vector<Extent> PageEdit::Committed() {
  copies_.Dismiss();
  for (const auto& writer : writers_) writer->Dismiss();
  return std::move(gone_);
}

void PageEdit::Keep(const Block& page, std::uint64_t first, std::uint64_t end) {
  std::string bytes(static_cast<std::size_t>(page.extent.length), '\0');
  const StoredBytes stored{
      .pin = Pin(file_, {page.extent}), .checksums = {page.crc64}, .name = name_};
  ExtentReader(stored, 0, page.extent.length).Read(bytes);
  auto writer = std::make_unique<ExtentWriter>(file_, end - first);
  writer->Append(std::span(bytes).subspan(static_cast<std::size_t>(first - page.start),
                                          static_cast<std::size_t>(end - first)));
  writer->Close();
  kept_.push_back({{}, writer->extent(), writer->crc64(), first, 0, page.written});
  writers_.push_back(std::move(writer));
}

}  // namespace msc::storage
