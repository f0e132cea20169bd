#pragma once

#include <string>

#include "storage_stub/model/blob_record.h"
#include "storage_stub/protocol/conditions.h"

namespace msc::storage {

// The conditions under which an operation may write.
struct WritePreconditions {
  bool may_overwrite = true;   // Whether an existing blob may be replaced.
  std::string policy_id = {};  // Stored policy that must still exist; empty: none.
  Conditions conditions = {};
  Time now = {};
  Encryption encryption = {};      // Of what is written.
  Immutability immutability = {};  // The same.
};

}  // namespace msc::storage
