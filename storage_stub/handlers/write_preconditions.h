#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/model/write_preconditions.h"

namespace msc::storage {

// Those of a request that was let in. Errors of ReadConditions.
Result<WritePreconditions> ReadWritePreconditions(const http::Request& request,
                                                  const AuthorizedRequest& authorized);

}  // namespace msc::storage
