#include "tests/support/wire_sample.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "emulator/base/guid.h"

namespace msc::testing {
namespace {

constexpr std::size_t kGuidLength = 36;
constexpr std::string_view kEndOfHead = "\r\n\r\n";

std::string NumberGuids(std::string_view text) {
  std::vector<std::string> seen;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto guid = ParseGuid(text.substr(i, kGuidLength));
    if (!guid) {
      out += text[i++];
      continue;
    }
    const auto found = std::find(seen.begin(), seen.end(), *guid);
    out += "<guid " + std::to_string(found - seen.begin()) + '>';
    if (found == seen.end()) seen.push_back(*guid);
    i += kGuidLength;
  }
  return out;
}

// Replaces what stands between each `prefix` and the first of `ends` behind it.
std::string Mask(std::string_view text, std::string_view prefix, std::string_view ends) {
  std::string out;
  for (;;) {
    const auto at = text.find(prefix);
    if (at == std::string_view::npos) return out + std::string(text);
    const auto end = std::min(text.find_first_of(ends, at + prefix.size()), text.size());
    out += std::string(text.substr(0, at + prefix.size())) + "<masked>";
    text.remove_prefix(end);
  }
}

}  // namespace

std::string ReadWireSample(std::string_view name) {
  std::ifstream file(std::string(MSC_FIXTURES) + "/wire/" + std::string(name), std::ios::binary);
  if (!file) throw std::runtime_error("cannot read the wire sample " + std::string(name));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Canonical(std::string wire) {
  const auto body_size =
      wire.size() - std::min(wire.size(), wire.find(kEndOfHead) + kEndOfHead.size());
  wire = ReplaceAll(wire, "Content-Length: " + std::to_string(body_size) + "\r\n",
                    "Content-Length: <right>\r\n");
  wire = NumberGuids(wire);
  wire = Mask(wire, "ARRAffinity=", ";");
  wire = Mask(wire, "Domain=", "\r");
  wire = Mask(wire, "x-ms-request-elapsed-ms: ", "\r");
  wire = Mask(wire, "VideoManagementService_IN_", "\r");
  wire = Mask(wire, "&sig=", "&");
  return Mask(wire, "&HMACSHA256=", "\"");
}

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace msc::testing
