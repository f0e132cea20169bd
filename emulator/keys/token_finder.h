#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::keys {

// The token that came with a request, as received and without "Bearer=": out of `Authorization:
// Bearer <t>` or `Bearer=<t>`, else out of the query's `token`, which may be written so too. A
// header of another scheme counts as none; where both bring a token, the header's counts.
// kTokenRefused where there is none.
Result<std::string> FindToken(const http::Request& request);

}  // namespace msc::keys
