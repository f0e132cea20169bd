#pragma once

#include <string>
#include <string_view>

#include "emulator/base/error.h"
#include "storage_stub/protocol/storage_error.h"

// Refusals that quote what was wrong in a request, as members of the error's XML.
namespace msc::storage {

Error BadHeader(StorageError code, std::string_view name, std::string_view value);
Error HeaderMissing(std::string_view name);
Error BadParameter(StorageError code, std::string_view name, std::string_view value);

// kAuthenticationFailed with what the service calls AuthenticationErrorDetail.
Error AuthenticationFailed(std::string detail);

}  // namespace msc::storage
