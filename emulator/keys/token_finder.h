#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::keys {

// The token of a request, as received and without "Bearer=": from `Authorization: Bearer <t>` or
// `Bearer=<t>`, else from the query's `token`, which may have the same prefixes. A header with
// another scheme is ignored. If both have a token, the header's is used. kTokenRefused if there is
// none.
Result<std::string> FindToken(const http::Request& request);

}  // namespace msc::keys
