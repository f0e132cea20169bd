#pragma once

#include <array>
#include <string>
#include <tuple>

#include "emulator/base/text.h"
#include "emulator/http/request.h"

namespace msc::storage {

// Reads a signature from the query of a request: the parameters in `fields`, an array of pairs of a
// name, in any case, and a member. The values of a repeated parameter are joined by commas, as the
// service's platform reads them.
template <typename Signature, typename Fields>
Signature ReadFields(const http::QueryParameters& parameters, const Fields& fields) {
  Signature signature;
  std::array<bool, std::tuple_size_v<Fields>> found{};
  for (const auto& [name, value] : parameters) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto& [field, member] = fields[i];
      if (name.size() != field.size() || !EqualsIgnoringCase(name, field)) continue;
      if (found[i]) signature.*member += ',';
      found[i] = true;
      signature.*member += value;
    }
  }
  return signature;
}

}  // namespace msc::storage
