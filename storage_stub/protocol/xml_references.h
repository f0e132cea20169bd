#pragma once

#include <string_view>

namespace msc::storage {

// Whether every `&` in a document begins a reference that is allowed: one of the five entities of
// XML, or a character reference to a character of XML. Those in comments, CDATA sections and
// processing instructions are text. pugixml does not check this: it makes bytes that are no UTF-8
// of `&#xD800;`, ends a value at `&#0;`, and takes numbers modulo 2^32.
// Source: "Extensible Markup Language (XML) 1.0", sections 2.2 and 4.1,
// https://www.w3.org/TR/xml/#charsets
bool HasOnlyXmlReferences(std::string_view document);

// Whether XML allows the character in a document.
constexpr bool IsXmlCharacter(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

}  // namespace msc::storage
