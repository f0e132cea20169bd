#include "emulator/base/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "emulator/base/text.h"

namespace msc {
namespace {

constexpr std::size_t kLongestWord = 64;  // A longer one is not a typing error.

}  // namespace

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::optional<std::string_view> Nearest(std::string_view word,
                                        const std::vector<std::string_view>& known) {
  if (word.size() > kLongestWord) return std::nullopt;
  const std::string lower = ToLower(word);
  std::optional<std::string_view> nearest;
  // With as many wrong letters, a word of the same length is nearer: two letters were swapped.
  std::pair<std::size_t, bool> least;
  for (const auto candidate : known) {
    const std::pair cost(EditDistance(lower, ToLower(candidate)), candidate.size() != word.size());
    if (cost.first > std::max<std::size_t>(candidate.size() / 3, 1)) continue;
    if (nearest && cost >= least) continue;
    nearest = candidate;
    least = cost;
  }
  return nearest;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& known) {
  const auto nearest = Nearest(word, known);
  return nearest ? "; did you mean \"" + std::string(*nearest) + "\"?" : "";
}

}  // namespace msc
