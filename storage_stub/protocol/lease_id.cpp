#include "storage_stub/protocol/lease_id.h"

#include <array>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "storage_stub/protocol/wire.h"

namespace msc::storage {
namespace {

// 'h': a hex digit; 'x': it in either case; others stand for themselves.
constexpr std::array<std::string_view, 5> kLeaseIdShapes = {
    "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh", "{hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh}",
    "(hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh)", "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh",
    "{0xhhhhhhhh,0xhhhh,0xhhhh,{0xhh,0xhh,0xhh,0xhh,0xhh,0xhh,0xhh,0xhh}}"};

bool Fits(char c, char shape) {
  if (shape == 'h') return HexDigit(c).has_value();
  return shape == 'x' ? c == 'x' || c == 'X' : c == shape;
}

// The digits of a text that has the shape; empty: it has not.
std::string DigitsIn(std::string_view text, std::string_view shape) {
  std::string digits;
  if (text.size() != shape.size()) return digits;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (!Fits(text[i], shape[i])) return {};
    if (shape[i] == 'h') digits += text[i];
  }
  return digits;
}

}  // namespace

std::optional<std::string> ParseLeaseId(std::string_view text) {
  for (const auto shape : kLeaseIdShapes) {
    std::string digits = DigitsIn(text, shape);
    if (digits.empty()) continue;
    for (const std::size_t at : {8U, 13U, 18U, 23U}) digits.insert(at, 1, '-');
    return ToLower(digits);
  }
  return std::nullopt;
}

std::string ReadLeaseId(const http::Request& request, std::string_view prefix) {
  const std::string name = prefix.empty() ? wire::kLeaseId : std::string(prefix) + "lease-id";
  const auto text = request.header(name).value_or("");
  return ParseLeaseId(text).value_or(std::string(text));
}

}  // namespace msc::storage
