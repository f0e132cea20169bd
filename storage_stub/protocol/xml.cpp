#include "storage_stub/protocol/xml.h"

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "storage_stub/protocol/storage_error.h"
#include "storage_stub/protocol/wire.h"
#include "storage_stub/protocol/xml_references.h"

namespace msc::storage {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Quotes are not escaped between tags, as in the service.
void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    default:
      out += c;
  }
}

// U+FFFE and U+FFFF, which are valid UTF-8 but not allowed in XML.
bool IsNoncharacter(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

bool IsForbiddenInXml(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
}

}  // namespace

std::string XmlText(std::string_view text) {
  const bool is_utf8 = IsUtf8(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsNoncharacter(text.substr(i))) {
      out += kReplacement;
      i += 2;
    } else if (IsForbiddenInXml(text[i]) ||
               (static_cast<unsigned char>(text[i]) >= 0x80 && !is_utf8)) {
      out += kReplacement;
    } else {
      AppendEscaped(out, text[i]);
    }
  }
  return out;
}

bool FitsXml(std::string_view text) {
  if (!IsUtf8(text)) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((IsForbiddenInXml(text[i]) && text[i] != '\r') || IsNoncharacter(text.substr(i))) {
      return false;
    }
  }
  return true;
}

XmlWriter& XmlWriter::Open(std::string_view name, Attributes attributes) {
  out_ += '<';
  out_ += name;
  for (const auto& [attribute, value] : attributes) {
    out_ += ' ';
    out_ += attribute;
    out_ += "=\"" + MarkupEscape(value) + '"';
  }
  out_ += '>';
  open_.push_back(name);
  return *this;
}

XmlWriter& XmlWriter::Close() {
  out_ += "</";
  out_ += open_.back();
  out_ += '>';
  open_.pop_back();
  return *this;
}

XmlWriter& XmlWriter::Element(std::string_view name, std::string_view text) {
  if (text.empty()) {
    out_ += '<';
    out_ += name;
    out_ += " />";
    return *this;
  }
  Open(name);
  out_ += XmlText(text);
  return Close();
}

XmlWriter& XmlWriter::ElementIfAny(std::string_view name, std::string_view text) {
  return text.empty() ? *this : Element(name, text);
}

XmlWriter& XmlWriter::Raw(std::string_view markup) {
  out_ += markup;
  return *this;
}

Result<pugi::xml_document> ParseXml(std::string_view body, const char* root) {
  const auto refuse = [](std::string why) {
    return Error{.code = StorageError::kInvalidXmlDocument, .message = std::move(why)};
  };
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  const auto last = body.find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos || body[last] != '>') return refuse("it ends in text");
  if (!FitsXml(body)) return refuse("it is not UTF-8 without control characters");
  if (!HasOnlyXmlReferences(body)) return refuse("it refers to something that is no character");

  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) return refuse(parsed.description());
  const auto node = document.child(root);
  if (!node || document.last_child() != node || node.previous_sibling()) {
    return refuse(std::string("it is not one ") + root);
  }
  return document;
}

Status ExpectChildren(const pugi::xml_node& node, const char* name) {
  for (const auto& child : node.children()) {
    if (std::string_view(child.name()) != name) {
      return Error{.code = StorageError::kInvalidXmlDocument,
                   .message = std::string(node.name()) + " has " + name + " alone in it"};
    }
  }
  return Done{};
}

std::string TextOf(const pugi::xml_node& node) {
  const std::string_view text = node.text().get();
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

Error BadNode(std::string_view name, std::string_view value) {
  return {.code = StorageError::kInvalidXmlNodeValue,
          .message = "the node " + std::string(name) + " is not valid",
          .facts = RequestField{RequestField::Place::kBody, std::string(name), std::string(value)}};
}

}  // namespace msc::storage
