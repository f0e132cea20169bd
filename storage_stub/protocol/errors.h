#pragma once

#include <string>
#include <string_view>

#include "emulator/base/error.h"
#include "storage_stub/protocol/storage_error.h"

// Errors with facts about the request.
namespace msc::storage {

Error BadHeader(StorageError code, std::string_view name, std::string_view value);
Error HeaderMissing(std::string_view name);
Error BadParameter(StorageError code, std::string_view name, std::string_view value);
Error ParameterMissing(std::string_view name);

// kUnsupportedQueryParameter for an operation that the service has and this endpoint does not
// serve.
Error NotServed(std::string_view comp);

// The error for a copy whose source is `missing`, if the request does not have the key of the
// source's account: kCopySource…
Error CopySourceMissing(const Error& missing);

// HttpError::kLengthRequired.
Error ContentLengthMissing();

// The service's detail for a token that is sent to a version without tokens.
inline constexpr std::string_view kTokensNotSupported =
    "Authentication scheme Bearer is not supported in this version.";

// kAuthenticationFailed. `why` is the service's AuthenticationErrorDetail.
Error AuthenticationFailed(std::string why);

// The same for an invalid field; `expected` says in words what would be right.
Error AuthenticationFailed(std::string why, RequestField field, std::string expected);

// The same for a fact for which AuthenticationErrorDetail has a text.
Error AuthenticationFailed(SignatureMismatch mismatch);
Error AuthenticationFailed(const TimeFrame& frame);
Error AuthenticationFailed(DateSkew skew);

}  // namespace msc::storage
