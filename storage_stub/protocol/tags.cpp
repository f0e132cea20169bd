#include "storage_stub/protocol/tags.h"

#include <algorithm>

#include "emulator/base/text.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

constexpr std::string_view kTagPunctuation = " +-./:=_";

Status CheckTag(const std::string& name, const std::string& value) {
  if (name.empty()) return Error{StorageError::kEmptyTagName, "a tag has no name"};
  if (name.size() > kMaxTagName || value.size() > kMaxTagValue) {
    return Error{StorageError::kTagsTooLarge,
                 "a name has at most 128 characters and a value at most 256: " + name};
  }
  if (IsTagText(name) && IsTagText(value)) return Done{};
  return Error{StorageError::kInvalidTag,
               "a tag has letters, digits, blanks and +-./:=_ only: " + name + '=' + value};
}

// The tags in their order.
Result<Tags> Checked(Tags tags) {
  if (tags.size() > kMaxTags) return Error{StorageError::kTagsTooLarge, "a blob has 10 tags"};
  for (const auto& [name, value] : tags) {
    if (auto checked = CheckTag(name, value); !checked) return checked.error();
  }
  std::sort(tags.begin(), tags.end());
  const auto same = std::adjacent_find(
      tags.begin(), tags.end(),
      [](const auto& left, const auto& right) { return left.first == right.first; });
  if (same == tags.end()) return tags;
  return Error{StorageError::kDuplicateTagNames, "two tags have the name " + same->first};
}

}  // namespace

bool IsTagText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kTagPunctuation.find(c) != std::string_view::npos;
  });
}

bool IsTagName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxTagName && IsTagText(name);
}

bool IsTagValue(std::string_view value) { return value.size() <= kMaxTagValue && IsTagText(value); }

Result<Tags> ReadTags(const http::Request& request) {
  const auto text = request.header(wire::kTags);
  if (!text || text->empty()) return Tags();
  return Checked(http::DecodedQuery().Of(*text));
}

Result<Tags> ParseTags(std::string_view document) {
  const auto xml = ParseXml(document, "Tags");
  if (!xml) return xml.error();
  const auto root = xml->child("Tags");
  if (auto set = ExpectChildren(root, "TagSet"); !set) return set.error();
  const auto set = root.child("TagSet");
  if (auto each = ExpectChildren(set, "Tag"); !each) return each.error();
  Tags tags;
  for (const auto& tag : set.children()) {
    tags.emplace_back(tag.child_value("Key"), tag.child_value("Value"));
  }
  return Checked(std::move(tags));
}

void WriteTags(XmlWriter& xml, const Tags& tags) {
  xml.Open("Tags").Open("TagSet");
  for (const auto& [name, value] : tags) {
    xml.Open("Tag").Element("Key", name).Element("Value", value).Close();
  }
  xml.Close().Close();
}

}  // namespace msc::storage
