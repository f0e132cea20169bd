#include "storage_stub/records/tag_search.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

#include "emulator/base/text.h"
#include "storage_stub/protocol/errors.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::int64_t kBehindAllBlobs = std::numeric_limits<std::int64_t>::max();

// No value of a tag is greater.
constexpr std::string_view kGreatestValue = "\x7F";

// Between the parts of a marker: no name or value has it.
constexpr char kSeparator = '\n';

bool Holds(const TagWhere& where, const Tags& tags) {
  return std::all_of(where.conditions.begin(), where.conditions.end(),
                     [&](const TagCondition& condition) { return condition.Holds(tags); });
}

void Narrow(TagRange& range, const TagCondition& condition) {
  const std::string_view comparison = condition.comparison;
  const bool takes_equal = comparison.ends_with('=');
  if (!comparison.starts_with('<')) {
    range.after = std::max(range.after, {condition.value, takes_equal ? 0 : kBehindAllBlobs});
  }
  if (!comparison.starts_with('>')) {
    range.before = std::min(range.before, {condition.value, takes_equal ? kBehindAllBlobs : 0});
  }
}

// The tags of that name for which all conditions hold.
TagRange RangeOf(const TagWhere& where, const std::string& name) {
  TagRange range{.name = name, .after = {}, .before = {std::string(kGreatestValue), 0}};
  for (const auto& condition : where.conditions) {
    if (condition.name == name) Narrow(range, condition);
  }
  return range;
}

std::string WriteMarker(const std::string& name, const TagPlace& last) {
  return name + kSeparator + std::to_string(last.blob) + kSeparator + last.value;
}

}  // namespace

TagSearch::TagSearch(sqlite::Transaction& transaction, TagScope scope, const TagWhere& where,
                     const PageRequest& request)
    : transaction_(transaction), scope_(std::move(scope)), where_(where), request_(request) {
  for (const auto& condition : where.conditions) {
    const bool is_there = std::any_of(ways_.begin(), ways_.end(), [&](const Way& way) {
      return way.range.name == condition.name;
    });
    if (!is_there) ways_.push_back({.range = RangeOf(where, condition.name)});
  }
  compares_one_name_ = ways_.size() == 1;
}

Result<Page<FoundBlob>> TagSearch::Run() {
  if (!request_.from.empty()) {
    if (auto read = ReadMarker(); !read) return read.error();
  }
  auto way = ways_.begin();
  for (GoOn(*way); !way->is_done; GoOn(*way)) {
    if (++way == ways_.end()) way = ways_.begin();
  }
  auto& items = way->page.items;
  std::sort(items.begin(), items.end(), [](const FoundBlob& a, const FoundBlob& b) {
    return std::tie(a.container, a.name) < std::tie(b.container, b.name);
  });
  return std::move(way->page);
}

Status TagSearch::ReadMarker() {
  const auto parts = Split(request_.from, kSeparator);
  const auto blob = parts.size() == 3 ? ParseUnsigned(parts[1]) : std::nullopt;
  std::erase_if(ways_, [&](const Way& way) { return way.range.name != parts.front(); });
  if (!blob || ways_.empty()) {
    return BadParameter(StorageError::kInvalidQueryParameterValue, wire::kMarker, request_.marker);
  }
  auto& after = ways_.front().range.after;
  after = std::max(after, {std::string(parts[2]), static_cast<std::int64_t>(*blob)});
  return Done{};
}

void TagSearch::GoOn(Way& way) {
  // One more blob than are wanted tells whether there is a next page.
  const std::size_t step = compares_one_name_ ? request_.max_results + 1
                                              : std::exchange(way.next_step, way.next_step * 2);
  auto blobs = SelectTagged(transaction_, scope_, way.range, step);
  way.is_done = blobs.size() < step;
  for (auto& blob : blobs) {
    Add(way, std::move(blob));
    if (!way.page.next.empty()) return;
  }
}

void TagSearch::Add(Way& way, TaggedBlob blob) {
  Tags tags = ComparedTags(way, blob);
  auto& page = way.page;
  if (!tags.empty() && page.items.size() == request_.max_results) {
    page.next = WriteMarker(way.range.name, way.range.after);
    way.is_done = true;
    return;
  }
  way.range.after = std::move(blob.place);
  if (tags.empty()) return;
  page.items.push_back({std::move(blob.container), std::move(blob.name), std::move(tags)});
}

// None if a condition does not hold.
Tags TagSearch::ComparedTags(const Way& way, const TaggedBlob& blob) {
  if (compares_one_name_) return {{way.range.name, blob.place.value}};
  Tags tags = SelectTags(transaction_, blob.place.blob);
  if (!Holds(where_, tags)) return {};
  std::erase_if(tags, [&](const auto& tag) {
    return std::none_of(where_.conditions.begin(), where_.conditions.end(),
                        [&](const TagCondition& condition) { return condition.name == tag.first; });
  });
  return tags;
}

}  // namespace msc::storage
