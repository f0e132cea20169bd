#include "emulator/base/plaintext.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace msc {
namespace {

using namespace std::string_view_literals;

struct Mark {
  std::size_t offset;
  std::string_view bytes;
};

// The first bytes of common media files.
constexpr std::array kMarks = {
    Mark{4, "ftyp"sv},
    Mark{4, "moov"sv},
    Mark{4, "mdat"sv},
    Mark{0, "RIFF"sv},
    Mark{0, "\x1A\x45\xDF\xA3"sv},
    Mark{0, "FLV\x01"sv},
    Mark{0, "ID3"sv},
    Mark{0, "OggS"sv},
    Mark{0, "\x30\x26\xB2\x75"sv},
    Mark{0, "\x00\x00\x01\xBA"sv},
};

bool BeginsAsMedia(std::string_view head) {
  return std::any_of(kMarks.begin(), kMarks.end(), [&](const Mark& mark) {
    return head.size() >= mark.offset && head.substr(mark.offset).starts_with(mark.bytes);
  });
}

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
  return BeginsAsMedia(head) || (head.size() >= kEnough ? IsUneven(head) : IsText(head));
}

}  // namespace msc
