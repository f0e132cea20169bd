#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "emulator/sqlite/database.h"
#include "storage_stub/protocol/tag_query.h"
#include "storage_stub/protocol/tags.h"

// The rows of tags. The functions run in the caller's transaction.
namespace msc::storage {

Tags SelectTags(sqlite::Transaction& transaction, std::int64_t blob);

// Also stores how many there are.
void ReplaceTags(sqlite::Transaction& transaction, std::int64_t blob, const Tags& tags);

// A blob that may be one of those that are looked for.
struct TaggedBlob {
  std::int64_t id;
  std::string container;
  std::string name;
};

// Calls `visit` with each blob of the account that has a tag for which `condition` may hold, in the
// order of containers and names, from that container and name on. It ends when `visit` returns
// false.
void VisitTagged(sqlite::Transaction& transaction, std::string_view account,
                 const TagCondition& condition, const TaggedBlob& from,
                 const std::function<bool(const TaggedBlob&)>& visit);

}  // namespace msc::storage
