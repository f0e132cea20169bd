#pragma once

#include <string>

#include "emulator/base/text.h"
#include "emulator/http/request.h"

namespace msc::storage {

// The values of all parameters of that name, whatever its case, with commas between them, as the
// service's platform reads a parameter that is sent twice.
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

// A signature out of the query of a request: the parameters that `fields`, pairs of a name and a
// member, know.
template <typename Signature, typename Fields>
Signature ReadFields(const http::QueryParameters& parameters, const Fields& fields) {
  Signature signature;
  for (const auto& [name, member] : fields) signature.*member = JoinedValues(parameters, name);
  return signature;
}

}  // namespace msc::storage
