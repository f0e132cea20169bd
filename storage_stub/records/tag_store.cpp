#include "storage_stub/records/tag_store.h"

#include <algorithm>
#include <utility>

#include "storage_stub/records/container_rows.h"
#include "storage_stub/records/find_blob.h"
#include "storage_stub/records/tag_rows.h"

namespace msc::storage {
namespace {

// The condition that fewest blobs can be expected to meet.
const TagCondition& Narrowest(const TagWhere& where) {
  const auto equal =
      std::find_if(where.conditions.begin(), where.conditions.end(),
                   [](const TagCondition& condition) { return condition.comparison == "="; });
  return equal == where.conditions.end() ? where.conditions.front() : *equal;
}

bool HoldsFor(const TagWhere& where, const Tags& tags) {
  return std::all_of(where.conditions.begin(), where.conditions.end(),
                     [&](const TagCondition& condition) { return condition.Holds(tags); });
}

Tags Compared(Tags tags, const TagWhere& where) {
  std::erase_if(tags, [&](const auto& tag) {
    return std::none_of(where.conditions.begin(), where.conditions.end(),
                        [&](const TagCondition& condition) { return condition.name == tag.first; });
  });
  return tags;
}

// A marker is "container/blob".
TaggedBlob ReadStart(const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return {.id = 0, .container = text, .name = {}};
  return {.id = 0, .container = text.substr(0, slash), .name = text.substr(slash + 1)};
}

}  // namespace

Status TagStore::Set(const ResourceName& name, const Tags& tags,
                     const WritePreconditions& preconditions) {
  auto transaction = database_.Write();
  const auto row = FindChanged(transaction, name, preconditions);
  if (!row) return row.error();
  ReplaceTags(transaction, row->id, tags);
  transaction.Commit();
  return Done{};
}

Result<Page<FoundBlob>> TagStore::Find(const ResourceName& scope, const TagWhere& where,
                                       const PageRequest& request) const {
  auto transaction = database_.Read();
  if (!scope.container.empty() && !FindContainer(transaction, scope.account, scope.container)) {
    return ContainerMissing(scope.container);
  }
  Page<FoundBlob> page;
  const auto visit = [&](const TaggedBlob& blob) {
    if (!scope.container.empty() && blob.container != scope.container) return true;
    if (!where.container.empty() && blob.container != where.container) return true;
    Tags tags = SelectTags(transaction, blob.id);
    if (!HoldsFor(where, tags)) return true;
    if (page.items.size() == request.max_results) {
      page.next = blob.container + '/' + blob.name;
      return false;
    }
    page.items.push_back({blob.container, blob.name, Compared(std::move(tags), where)});
    return true;
  };
  VisitTagged(transaction, scope.account, Narrowest(where), ReadStart(request.from), visit);
  return page;
}

}  // namespace msc::storage
