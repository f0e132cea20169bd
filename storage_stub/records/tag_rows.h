#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "emulator/sqlite/database.h"
#include "storage_stub/protocol/tags.h"

// The rows of tags. The functions run in the caller's transaction.
namespace msc::storage {

Tags SelectTags(sqlite::Transaction& transaction, std::int64_t blob);

// Also stores how many there are.
void ReplaceTags(sqlite::Transaction& transaction, std::int64_t blob, const Tags& tags);

// A place in the order of all tags with one name: that of their values and, for the same value, of
// the numbers of the blobs.
struct TagPlace {
  std::string value = {};
  std::int64_t blob = 0;

  friend bool operator==(const TagPlace&, const TagPlace&) = default;
  friend bool operator<(const TagPlace& left, const TagPlace& right) {
    return std::tie(left.value, left.blob) < std::tie(right.value, right.blob);
  }
};

// Tags with one name. The two places are not part of it.
struct TagRange {
  std::string name;
  TagPlace after;
  TagPlace before;
};

// Where blobs are looked for.
struct TagScope {
  std::string account;
  std::optional<std::int64_t> container = {};  // nullopt: in all.
};

struct TaggedBlob {
  TagPlace place;
  std::string container;
  std::string name;
};

// The blobs of the first `most` tags of the range.
std::vector<TaggedBlob> SelectTagged(sqlite::Transaction& transaction, const TagScope& scope,
                                     const TagRange& range, std::size_t most);

}  // namespace msc::storage
