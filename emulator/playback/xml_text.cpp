#include "emulator/playback/xml_text.h"

#include "emulator/base/encoding.h"

namespace msc::playback {

XmlText& XmlText::Open(std::string_view name) {
  EndTag();
  Indent();
  out_.append(1, '<').append(name);
  names_.push_back(name);
  in_tag_ = true;
  return *this;
}

XmlText& XmlText::Attribute(std::string_view name, std::string_view value) {
  out_.append(1, ' ').append(name).append("=\"").append(MarkupEscape(value)).append(1, '"');
  return *this;
}

XmlText& XmlText::Attribute(std::string_view name, std::int64_t value) {
  return Attribute(name, std::string_view(std::to_string(value)));
}

XmlText& XmlText::Close() {
  const auto name = names_.back();
  names_.pop_back();
  if (in_tag_) {
    out_ += "/>\n";
    in_tag_ = false;
    return *this;
  }
  Indent();
  out_.append("</").append(name).append(">\n");
  return *this;
}

void XmlText::EndTag() {
  if (in_tag_) out_ += ">\n";
  in_tag_ = false;
}

}  // namespace msc::playback
