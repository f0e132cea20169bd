#pragma once

#include <string>

#include "emulator/base/text.h"
#include "emulator/http/request.h"

namespace msc::storage {

// The values of all parameters with that name, in any case, joined by commas, as the service's
// platform reads a repeated parameter.
inline std::string JoinedValues(const http::QueryParameters& parameters, std::string_view name) {
  std::string joined;
  bool is_first = true;
  for (const auto& [key, value] : parameters) {
    if (!EqualsIgnoringCase(key, name)) continue;
    if (!is_first) joined += ',';
    joined += value;
    is_first = false;
  }
  return joined;
}

// Reads a signature from the query of a request: the parameters in `fields`, pairs of a name and a
// member.
template <typename Signature, typename Fields>
Signature ReadFields(const http::QueryParameters& parameters, const Fields& fields) {
  Signature signature;
  for (const auto& [name, member] : fields) signature.*member = JoinedValues(parameters, name);
  return signature;
}

}  // namespace msc::storage
