#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace msc::playback {

// Writes XML with indentation; values are escaped. REQUIRES: names are constants and need no
// escaping.
class XmlText {
 public:
  // Begins an element in the one that is open.
  XmlText& Open(std::string_view name);

  // Of the element that was opened last. REQUIRES: it has no children yet.
  XmlText& Attribute(std::string_view name, std::string_view value);
  XmlText& Attribute(std::string_view name, std::int64_t value);

  // Ends the element that is open.
  XmlText& Close();

  // The document. REQUIRES: all elements are closed.
  std::string Finish() { return std::move(out_); }

 private:
  void EndTag();
  void Indent() { out_.append(2 * names_.size(), ' '); }

  std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string_view> names_;  // Of open elements.
  bool in_tag_ = false;                  // Attributes may follow.
};

}  // namespace msc::playback
