#include "emulator/control/diagnostics/content_kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "emulator/base/text.h"

namespace msc::control {
namespace {

constexpr std::string_view kWhitespace = " \t\r\n";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The text from the first character on that is not whitespace, in lower case.
std::string Beginning(std::string_view head) {
  constexpr std::size_t kEnough = 512;
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head.remove_prefix(std::min(head.size(), head.find_first_not_of(kWhitespace)));
  return ToLower(head.substr(0, kEnough));
}

// Whether it begins like an object or an array, judged by the first two characters that are not
// whitespace.
bool BeginsAsJson(std::string_view text) {
  if (!text.starts_with('{') && !text.starts_with('[')) return false;
  const auto second = text.find_first_not_of(kWhitespace, 1);
  if (second == std::string_view::npos) return false;
  return std::string_view("\"{}[]").find(text[second]) != std::string_view::npos;
}

}  // namespace

bool LooksLikeForm(std::string_view head) {
  const std::string text = Beginning(head);
  return text.starts_with("--") &&
         text.find("\r\ncontent-disposition: form-data") != std::string::npos;
}

bool LooksLikeMarkup(std::string_view head) {
  constexpr std::array<std::string_view, 3> kHtml = {"<!doctype html", "<html", "<?xml"};
  const std::string text = Beginning(head);
  return BeginsAsJson(text) || std::any_of(kHtml.begin(), kHtml.end(),
                                           [&](auto start) { return text.starts_with(start); });
}

}  // namespace msc::control
