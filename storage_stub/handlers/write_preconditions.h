#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/model/write_preconditions.h"

namespace msc::storage {

// The preconditions of an authorized request. The errors of ReadConditions; those of
// CheckPermission if it sets tags and must not.
Result<WritePreconditions> ReadWritePreconditions(const http::Request& request,
                                                  const AuthorizedRequest& authorized);

}  // namespace msc::storage
