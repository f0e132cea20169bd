#pragma once

#include <string>
#include <string_view>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::storage {

// "Authorization: SharedKey account:signature", or the same with the scheme SharedKeyLite.
struct SharedKey {
  std::string account;
  std::string signature;  // In base64.
  bool is_lite = false;
};

// kInvalidAuthenticationInfo for another scheme and for an invalid value; kAuthenticationFailed for
// a token.
Result<SharedKey> ReadSharedKey(std::string_view authorization);

// The string to sign. `resource_path`: "/account" and the URL's path as sent.
// Source: "Authorize with Shared Key",
// https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key
std::string StringToSign(const http::Request& request, std::string_view resource_path);

// The string to sign of Shared Key Lite, which has fewer headers and of the query only `comp`.
std::string LiteStringToSign(const http::Request& request, std::string_view resource_path);

// Whether the date of the request (x-ms-date, or else Date) is within 15 minutes of `now`.
// kAuthenticationFailed.
Status CheckRequestDate(const http::Request& request, Time now);

}  // namespace msc::storage
