#include "storage_stub/records/blob_lister.h"

#include <utility>

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

}  // namespace

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
  std::string from = request_.page.start();
  while (auto item = Next(from)) {
    if (page.items.size() == request_.page.max_results || size > kMaxPageSize) {
      page.next = from;
      break;
    }
    from = item->is_prefix ? BehindAll(item->name) : Behind(item->name);
    size += SizeOf(*item);
    page.items.push_back(*std::move(item));
  }
  return page;
}

std::optional<BlobListItem> BlobLister::Next(const std::string& from) {
  auto row = NextBlob(transaction_, container_, from);
  BlobListItem item;
  if (row) {
    row->record.tier = TierAt(row->record.tier, now_);
    item = {.name = std::move(row->name), .record = std::move(row->record)};
  }
  if (request_.uncommitted) {
    auto name = NextUncommittedName(transaction_, container_, from, since_);
    if (!name.empty() && (!row || name < item.name)) item = {.name = std::move(name)};
  }
  if (item.name.empty() || !item.name.starts_with(request_.page.prefix)) return std::nullopt;
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
