#include "emulator/base/nearest.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

#include "emulator/base/text.h"

namespace msc {
namespace {

constexpr std::size_t kLongestWord = 64;  // A longer one is not a typing error.

}  // namespace

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);  // Of the first i letters of `a`.
  std::iota(row.begin(), row.end(), std::size_t{0});
  std::vector<std::size_t> before;
  std::vector<std::size_t> before_that;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_that = std::exchange(before, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      row[j] = std::min({before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), before[j] + 1,
                         row[j - 1] + 1, is_swapped ? before_that[j - 2] + 1 : SIZE_MAX});
    }
  }
  return row.back();
}

std::optional<std::string_view> Nearest(std::string_view word,
                                        const std::vector<std::string_view>& known) {
  if (word.size() > kLongestWord) return std::nullopt;
  const std::string lower = ToLower(word);
  std::optional<std::string_view> nearest;
  std::size_t least = 0;
  for (const auto candidate : known) {
    const std::size_t distance = EditDistance(lower, ToLower(candidate));
    if (distance > std::max<std::size_t>(candidate.size() / 3, 1)) continue;
    if (nearest && distance >= least) continue;
    nearest = candidate;
    least = distance;
  }
  return nearest;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& known) {
  const auto nearest = Nearest(word, known);
  return nearest ? "; did you mean \"" + std::string(*nearest) + "\"?" : "";
}

}  // namespace msc
