#pragma once

#include "emulator/base/text.h"
#include "emulator/http/request.h"

namespace msc::storage {

// A signature out of the query of a request: the first value of each parameter that `fields`, pairs
// of a name and a member, know. Names are compared whatever their case.
template <typename Signature, typename Fields>
Signature ReadFields(const http::QueryParameters& parameters, const Fields& fields) {
  Signature signature;
  for (const auto& [name, value] : parameters) {
    for (const auto& [field, member] : fields) {
      if (name.size() == field.size() && EqualsIgnoringCase(name, field) &&
          (signature.*member).empty()) {
        signature.*member = value;
      }
    }
  }
  return signature;
}

}  // namespace msc::storage
