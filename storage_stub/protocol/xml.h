#pragma once

#include <initializer_list>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// The beginning of every document of the service: a byte order mark and the declaration.
inline constexpr std::string_view kXmlProlog =
    "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>";

// `text` for use between tags: escaped, and with U+FFFD for characters that XML does not allow.
std::string XmlText(std::string_view text);

// Whether XML allows all characters of `text`.
bool FitsXml(std::string_view text);

// Writes a document on one line, as the service does. Names are constants.
class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  XmlWriter& Open(std::string_view name, Attributes attributes = {});
  XmlWriter& Close();

  // An element with text, or an empty one: <Prefix />.
  XmlWriter& Element(std::string_view name, std::string_view text);

  // The same, or nothing if `text` is empty.
  XmlWriter& ElementIfAny(std::string_view name, std::string_view text);

  // Adds markup unchanged.
  XmlWriter& Raw(std::string_view markup);

  // The document. REQUIRES: all elements are closed.
  std::string Take() { return std::move(out_); }

 private:
  std::string out_ = std::string(kXmlProlog);
  std::vector<std::string_view> open_;
};

// Parses a body of XML in UTF-8 with the root element `root`. kInvalidXmlDocument.
Result<pugi::xml_document> ParseXml(std::string_view body, const char* root);

// kInvalidXmlDocument if `node` contains anything but elements called `name`.
Status ExpectChildren(const pugi::xml_node& node, const char* name);

// The text of `node`, without whitespace at both ends.
std::string TextOf(const pugi::xml_node& node);

// kInvalidXmlNodeValue with the name of the node.
Error BadNode(std::string_view name, std::string_view value);

}  // namespace msc::storage
