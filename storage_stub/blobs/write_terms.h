#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/protocol/conditions.h"

namespace msc::storage {

// On what terms an operation may write.
struct WriteTerms {
  bool may_overwrite = true;   // A blob that is there already.
  std::string policy_id = {};  // Stored policy that must still be there; empty: none need.
  Conditions conditions = {};
};

// Those of a request that was let in. Errors of ReadConditions.
Result<WriteTerms> ReadWriteTerms(const http::Request& request, const Access& access);

}  // namespace msc::storage
