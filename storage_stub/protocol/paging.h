#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// What part of a list a client wants.
struct PageRequest {
  std::string prefix = {};
  std::string marker = {};  // As the client sent it.
  std::string from = {};    // The name that the marker stands for; empty: from the first.
  std::size_t max_results = 5000;
  bool has_max_results = false;  // The client named one.

  // Names before this one are not wanted.
  std::string start() const { return std::max(prefix, from); }
};

// Items in the order of their names.
template <typename Item>
struct Page {
  std::vector<Item> items = {};
  std::string next = {};  // The name that the next page starts from; empty: there is none.
};

// The parameters prefix, marker and maxresults. kOutOfRangeQueryParameterValue for a maxresults
// below 1, kInvalidQueryParameterValue for one that is no number and for a marker not of ours.
Result<PageRequest> ReadPageRequest(const http::Request& request);

// The marker that stands for a name; empty for none.
std::string MarkerOf(std::string_view name);

// Less than every name that comes behind `name`, and not less than it. Names have no control
// characters.
std::string Behind(std::string_view name);

// The same for all names that begin with `prefix`.
std::string BehindAll(std::string_view prefix);

}  // namespace msc::storage
