#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/protocol/xml.h"

namespace msc::storage {

// Names and values of a blob's tags, in the order of their names. Names in another case are others.
using Tags = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::size_t kMaxTags = 10;
inline constexpr std::size_t kMaxTagName = 128;   // Characters.
inline constexpr std::size_t kMaxTagValue = 256;  // Characters.

// Source: "Set Blob Tags",
// https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-tags
bool IsTagText(std::string_view text);  // Has only characters of tags.
bool IsTagName(std::string_view name);
bool IsTagValue(std::string_view value);

// The tags in the header x-ms-tags, which has the form of a query; empty: there are none.
// kInvalidTag, kEmptyTagName, kDuplicateTagNames, kTagsTooLarge.
Result<Tags> ReadTags(const http::Request& request);

// The tags in a document. kInvalidXmlDocument; the errors of ReadTags.
Result<Tags> ParseTags(std::string_view document);

// Writes the element Tags.
void WriteTags(XmlWriter& xml, const Tags& tags);

}  // namespace msc::storage
