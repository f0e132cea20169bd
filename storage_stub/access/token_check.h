#pragma once

#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "storage_stub/access/token_claims.h"

namespace msc::storage {

// Whether the request has a token: "Authorization: Bearer …".
bool HasToken(const http::Request& request);

// The claims of the request's token, if it is for the storage of `account` and valid `now`. Its
// signature is not verified. kInvalidToken, before 2019-12-12 kAuthenticationFailed;
// kAuthenticationFailed over HTTP and before 2017-11-09. REQUIRES: HasToken.
// Source: "Authorize with Microsoft Entra ID",
// https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-azure-active-directory
Result<TokenClaims> CheckToken(const http::Request& request, std::string_view account, Time now);

}  // namespace msc::storage
