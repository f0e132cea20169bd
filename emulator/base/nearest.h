#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace msc {

// The least number of letters to insert, to delete or to replace, or of neighbours to swap, that
// turns one text into the other (the optimal string alignment distance).
std::size_t EditDistance(std::string_view a, std::string_view b);

// The one of `known` that `word` most likely means, whatever the case; nullopt if none is similar:
// if more than a third of its letters would be wrong.
std::optional<std::string_view> Nearest(std::string_view word,
                                        const std::vector<std::string_view>& known);

// `; did you mean "<nearest>"?`; empty if none is similar.
std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace msc
