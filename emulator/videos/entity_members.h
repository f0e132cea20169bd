#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace msc::videos {

// A member of a JSON object; null if it is absent.
struct Member {
  enum class Kind { kNull, kString, kOther };

  Kind kind = Kind::kNull;
  std::string text = {};  // Of a string.

  friend bool operator==(const Member&, const Member&) = default;
};

// The members of a Video that a client can set.
struct EntityMembers {
  Member original_file_name = {};
  Member protection_mode = {};
  Member input_encryption_mode = {};

  // Names of other members, at most four, for the search for a misspelt one. Not of the service's
  // own members, which a client may send back.
  std::vector<std::string> unknown = {};

  friend bool operator==(const EntityMembers&, const EntityMembers&) = default;
};

// The members of `body`; nullopt unless it is one JSON object in UTF-8, with or without a byte
// order mark, and nested at most 64 deep. Memory and stack do not grow with the nesting.
std::optional<EntityMembers> ReadMembers(std::string_view body);

}  // namespace msc::videos
