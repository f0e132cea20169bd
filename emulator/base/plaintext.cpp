#include "emulator/base/plaintext.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "emulator/base/media_signature.h"

namespace msc {
namespace {

// Random bytes are this uneven in a handful of a hundred thousand cases.
bool IsUneven(std::string_view head) {
  std::array<double, 256> counts{};
  for (const char c : head) ++counts[static_cast<unsigned char>(c)];
  const double expected = static_cast<double>(head.size()) / 256;
  double chi_square = 0;
  for (const double count : counts)
    chi_square += (count - expected) * (count - expected) / expected;
  return chi_square > 360;  // 255 degrees of freedom: 4.6 deviations above the mean.
}

// For heads that are too short for that: eight random bytes are all ASCII once in 256 cases.
bool IsText(std::string_view head) {
  return std::all_of(head.begin(), head.end(),
                     [](char c) { return (c >= ' ' && c <= '~') || (c >= '\t' && c <= '\r'); });
}

}  // namespace

bool LooksLikePlaintext(std::string_view head) {
  constexpr std::size_t kEnough = 256;
  if (head.empty()) return false;
  return HasMediaSignature(head) || (head.size() >= kEnough ? IsUneven(head) : IsText(head));
}

}  // namespace msc
