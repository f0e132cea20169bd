#include "storage_stub/records/blob_lister.h"

#include <algorithm>
#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/records/uncommitted_rows.h"

namespace msc::storage {
namespace {

// Limits the memory of a page: a client that asks for more gets the rest in the next page.
constexpr std::size_t kMaxPageSize = 8 * 1024 * 1024;

std::size_t SizeOf(const BlobListItem& item) {
  std::size_t size = sizeof item + item.name.size();
  if (!item.record) return size;
  for (const auto& [name, value] : item.record->metadata) size += name.size() + value.size();
  return size;
}

// In a marker, between a name and the number of a moment. Names do not contain it.
constexpr char kBeforeMoment = '\0';

}  // namespace

// The name itself stands for all of its history.
std::string BlobLister::Cursor::Text() const {
  if (moment == 0) return name;
  return name + kBeforeMoment + std::to_string(moment);
}

BlobLister::Cursor BlobLister::Cursor::Of(const std::string& text) {
  const auto end = text.find(kBeforeMoment);
  if (end == std::string::npos) return {.name = text};
  const auto moment = ParseUnsigned(std::string_view(text).substr(end + 1));
  return {.name = text.substr(0, end), .moment = static_cast<std::int64_t>(moment.value_or(0))};
}

BlobLister::BlobLister(sqlite::Transaction& transaction, std::int64_t container,
                       const BlobListRequest& request, Time now)
    : transaction_(transaction),
      container_(container),
      request_(request),
      now_(now),
      since_(AbandonedSince(now)) {}

Page<BlobListItem> BlobLister::Run() {
  Page<BlobListItem> page;
  std::size_t size = 0;
  Cursor from = Cursor::Of(std::max(request_.page.start(), request_.start_from));
  while (auto item = Next(from)) {
    if (page.items.size() == request_.page.max_results || size > kMaxPageSize) {
      page.next = from.Text();
      break;
    }
    from = After(*item);
    size += SizeOf(*item);
    page.items.push_back(*std::move(item));
  }
  return page;
}

BlobLister::Cursor BlobLister::After(const BlobListItem& item) {
  if (item.is_prefix) return {.name = BehindAll(item.name)};
  if (!item.record || item.record->moment == BlobMoment{}) return {.name = Behind(item.name)};
  return {.name = item.name, .moment = item.record->moment.number + 1};
}

std::optional<BlobRow> BlobLister::NextRow(const Cursor& from) {
  if (!request_.history.is_any()) return NextBlob(transaction_, container_, from.name);
  HistoryFilter filter = request_.history;
  filter.now = now_;
  return NextBlob(transaction_, container_, from.name, from.moment, filter);
}

std::optional<BlobListItem> BlobLister::Next(const Cursor& from) {
  auto row = NextRow(from);
  BlobListItem item;
  if (row) {
    row->record.tier = TierAt(row->record.tier, now_);
    item = {.name = std::move(row->name), .record = std::move(row->record)};
  }
  if (request_.uncommitted) {
    auto name = NextUncommittedName(transaction_, container_, from.name, since_);
    if (!name.empty() && (!row || name < item.name)) item = {.name = std::move(name)};
  }
  if (item.name.empty() || !item.name.starts_with(request_.page.prefix)) return std::nullopt;
  if (!request_.end_before.empty() && item.name >= request_.end_before) return std::nullopt;
  if (auto group = GroupOf(item.name); !group.empty()) {
    return BlobListItem{.name = std::move(group), .is_prefix = true};
  }
  return item;
}

std::string BlobLister::GroupOf(const std::string& name) const {
  if (request_.delimiter.empty()) return {};
  const auto at = name.find(request_.delimiter, request_.page.prefix.size());
  if (at == std::string::npos) return {};
  return name.substr(0, at + request_.delimiter.size());
}

}  // namespace msc::storage
