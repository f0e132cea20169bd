#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/authorizer.h"
#include "storage_stub/model/write_preconditions.h"

namespace msc::storage {

// Admits requests for a blob itself, but not those for a part or a relative of it, which a
// parameter asks for: kInvalidQueryParameterValue.
Status CheckIsBlobItself(const http::Request& request);

// The preconditions of an authorized request. The errors of ReadConditions, ReadEncryption and
// ReadImmutability; those of CheckPermission if it sets tags and must not.
Result<WritePreconditions> ReadWritePreconditions(const http::Request& request,
                                                  const AuthorizedRequest& authorized);

}  // namespace msc::storage
