#include "storage_stub/protocol/xml_references.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace msc::storage {
namespace {

constexpr std::array<std::string_view, 5> kEntities = {"amp", "lt", "gt", "quot", "apos"};

// What is not markup: how it begins, and how it ends.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPlainSections = {
    {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}}};

// "#65" or "#x41"
bool IsCharacterReference(std::string_view name) {
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const bool is_hex = name.starts_with('x');
  if (is_hex) name.remove_prefix(1);
  std::uint32_t number = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data(), end, number, is_hex ? 16 : 10);
  return error == std::errc() && stop == end && IsXmlCharacter(number);
}

bool IsReference(std::string_view name) {
  return IsCharacterReference(name) ||
         std::find(kEntities.begin(), kEntities.end(), name) != kEntities.end();
}

// The bytes of the plain section that `rest` begins with; 0 if it begins with none.
std::size_t PlainSize(std::string_view rest) {
  for (const auto& [begin, end] : kPlainSections) {
    if (!rest.starts_with(begin)) continue;
    const auto at = rest.find(end, begin.size());
    return at == std::string_view::npos ? rest.size() : at + end.size();
  }
  return 0;
}

}  // namespace

bool HasOnlyXmlReferences(std::string_view document) {
  for (;;) {
    document.remove_prefix(std::min(document.find_first_of("&<"), document.size()));
    if (document.empty()) return true;
    if (document.front() == '<') {
      document.remove_prefix(std::max<std::size_t>(PlainSize(document), 1));
      continue;
    }
    const auto end = document.find(';');
    if (end == std::string_view::npos || !IsReference(document.substr(1, end - 1))) return false;
    document.remove_prefix(end);
  }
}

}  // namespace msc::storage
