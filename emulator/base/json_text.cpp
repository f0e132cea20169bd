#include "emulator/base/json_text.h"

#include <algorithm>
#include <utility>

namespace msc {
namespace {

constexpr std::string_view kJsonHexDigits = "0123456789abcdef";

// Characters that JSON writes as a backslash and a letter, each followed by its letter.
constexpr std::string_view kShortEscapes = "\"\"\\\\\bb\ff\nn\rr\tt";

bool IsEscaped(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void AppendJsonEscape(std::string& out, char c) {
  for (std::size_t i = 0; i < kShortEscapes.size(); i += 2) {
    if (kShortEscapes[i] != c) continue;
    out += '\\';
    out += kShortEscapes[i + 1];
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kJsonHexDigits[byte >> 4];
  out += kJsonHexDigits[byte & 15];
}

}  // namespace

JsonText& JsonText::Text(std::string_view name, std::string_view value) {
  Name(name);
  out_ += '"';
  for (;;) {
    const auto escaped = std::find_if(value.begin(), value.end(), IsEscaped);
    out_.append(value.begin(), escaped);
    if (escaped == value.end()) break;
    AppendJsonEscape(out_, *escaped);
    value.remove_prefix(static_cast<std::size_t>(escaped - value.begin()) + 1);
  }
  out_ += '"';
  return *this;
}

JsonText& JsonText::Number(std::string_view name, std::int64_t value) {
  Name(name);
  out_ += std::to_string(value);
  return *this;
}

JsonText& JsonText::Null(std::string_view name) {
  Name(name);
  out_ += "null";
  return *this;
}

std::string JsonText::Finish() {
  out_ += '}';
  return std::move(out_);
}

void JsonText::Name(std::string_view name) {
  if (out_.size() > 1) out_ += ',';
  out_ += '"';
  out_ += name;
  out_ += "\":";
}

}  // namespace msc
