#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// The part of a list that a client asks for.
struct PageRequest {
  std::string prefix = {};
  std::string marker = {};  // As the client sent it.
  std::string from = {};    // What the marker stands for; empty: from the first name on.
  std::size_t max_results = 5000;
  bool has_max_results = false;  // Whether the client sent it.

  // The first name that the page may contain.
  std::string start() const { return std::max(prefix, from); }
};

// Items in the order of their names.
template <typename Item>
struct Page {
  std::vector<Item> items = {};
  std::string next = {};  // Where the next page begins; empty: there is none.
};

// The parameters prefix, marker and maxresults. kOutOfRangeQueryParameterValue for a maxresults
// below 1; kInvalidQueryParameterValue if it is not a number, or if the marker cannot be decoded.
Result<PageRequest> ReadPageRequest(const http::Request& request);

// The marker for the beginning of a page. If that is just behind a name, it is the name itself: a
// client that has the last name of a page can go on from there. Empty for an empty text.
std::string MarkerOf(std::string_view from);

// A text greater than `name` and not greater than any later name. Names have no control characters.
std::string Behind(std::string_view name);

// The same for all names that begin with `prefix`.
std::string BehindAll(std::string_view prefix);

}  // namespace msc::storage
