#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/required_permission.h"
#include "storage_stub/model/resource_name.h"

namespace msc::storage {

// The resource in the URL of a routed request, as far as `level` says. kInvalidResourceName,
// kNameLengthOutOfRange, kInvalidUri.
Result<ResourceName> RequestedName(const http::Request& request, const std::string& account,
                                   SasResourceType level);

}  // namespace msc::storage
