#pragma once

#include <string_view>

#include "emulator/http/request.h"

namespace msc::storage {

// Stands behind the account in a path that leads to its static website.
inline constexpr std::string_view kWebsiteSuffix = ".web";

// Adds the container $root to a path with one name behind the account, which then is a blob's,
// unless the query says that it is a container's. Source: "Working with the root container",
// https://learn.microsoft.com/en-us/rest/api/storageservices/working-with-the-root-container
void PutIntoRoot(http::Request& request);

}  // namespace msc::storage
