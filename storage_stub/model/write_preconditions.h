#pragma once

#include <string>

#include "storage_stub/protocol/conditions.h"

namespace msc::storage {

// On what terms an operation may write.
struct WritePreconditions {
  bool may_overwrite = true;   // A blob that is there already.
  std::string policy_id = {};  // Stored policy that must still be there; empty: none.
  Conditions conditions = {};
};

}  // namespace msc::storage
