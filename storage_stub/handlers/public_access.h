#pragma once

#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/headers.h"
#include "emulator/http/request.h"
#include "storage_stub/model/container_record.h"

namespace msc::storage {

// What a request wants to be public, in x-ms-blob-public-access; without it, nothing.
// kInvalidHeaderValue. Source: "Set Container ACL",
// https://learn.microsoft.com/en-us/rest/api/storageservices/set-container-acl
Result<PublicAccess> ReadPublicAccess(const http::Request& request);

// Its name on the wire; empty for a private container.
std::string_view NameOf(PublicAccess access);

// Adds x-ms-blob-public-access unless the container is private.
void AddPublicAccess(http::Headers& headers, PublicAccess access);

}  // namespace msc::storage
