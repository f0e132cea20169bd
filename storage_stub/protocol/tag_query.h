#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "storage_stub/protocol/tags.h"

// Expressions about tags. A name is an identifier or in double quotes, a value in single quotes;
// values are compared as text. Source: "Find Blobs by Tags",
// https://learn.microsoft.com/en-us/rest/api/storageservices/find-blobs-by-tags
namespace msc::storage {

// A comparison of the tag `name` with a value.
struct TagCondition {
  std::string name;
  std::string comparison;  // = <> < <= > >=
  std::string value;

  // A tag that a blob does not have fits no comparison, not even <>.
  bool Holds(const Tags& tags) const;

  friend bool operator==(const TagCondition&, const TagCondition&) = default;
};

// The parameter `where` of Find Blobs by Tags: comparisons that must all hold.
struct TagWhere {
  std::vector<TagCondition> conditions = {};  // Not empty; without <>.
  std::string container = {};                 // The one that has the blobs; empty: any.
};

// kMalformedTagQuery, with the message that the service sends.
Result<TagWhere> ParseWhere(const std::string& text);

// Whether the condition x-ms-if-tags holds for a blob with `tags`; nullopt if it is malformed. Also
// takes <>, OR, parentheses, and names and values that are too long for tags.
std::optional<bool> Evaluate(std::string_view condition, const Tags& tags);

}  // namespace msc::storage
