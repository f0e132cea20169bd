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

// What every document of the service begins with: a byte order mark and the declaration.
inline constexpr std::string_view kXmlProlog =
    "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>";

// `text` between tags: escaped, and with U+FFFD for what XML cannot carry.
std::string XmlText(std::string_view text);

// Whether XML can carry `text` as it is.
bool FitsXml(std::string_view text);

// Writes one document on one line, as the service does. Names are constants.
class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  XmlWriter& Open(std::string_view name, Attributes attributes = {});
  XmlWriter& Close();

  // An element with text, or an empty one: <Prefix />.
  XmlWriter& Element(std::string_view name, std::string_view text);

  // The same, or nothing where there is no text.
  XmlWriter& ElementIfAny(std::string_view name, std::string_view text);

  // What is markup already.
  XmlWriter& Raw(std::string_view markup);

  // The document. REQUIRES: all that was opened is closed.
  std::string Take() { return std::move(out_); }

 private:
  std::string out_ = std::string(kXmlProlog);
  std::vector<std::string_view> open_;
};

// A body that is XML in UTF-8 with the root element `root` and no other. kInvalidXmlDocument.
Result<pugi::xml_document> ParseXml(std::string_view body, const char* root);

// Refuses anything in `node` but elements called `name`. kInvalidXmlDocument.
Status ExpectChildren(const pugi::xml_node& node, const char* name);

// The text of `node` without the blanks around it.
std::string TextOf(const pugi::xml_node& node);

// kInvalidXmlNodeValue, naming the node.
Error BadNode(std::string_view name, std::string_view value);

}  // namespace msc::storage
