#pragma once

#include <string>
#include <string_view>

#include "emulator/base/error.h"
#include "storage_stub/protocol/storage_error.h"

// Errors that tell what was wrong in a request.
namespace msc::storage {

Error BadHeader(StorageError code, std::string_view name, std::string_view value);
Error HeaderMissing(std::string_view name);
Error BadParameter(StorageError code, std::string_view name, std::string_view value);
Error ParameterMissing(std::string_view name);

// kUnsupportedQueryParameter for an operation that the service has and this endpoint has not.
Error NotServed(std::string_view comp);

// The error for the source of a copy that is `missing` where the requester looks for it as anybody
// does: kCopySource…
Error CopySourceMissing(const Error& missing);

// HttpError::kLengthRequired.
Error ContentLengthMissing();

// kAuthenticationFailed. `why` is what the service calls AuthenticationErrorDetail.
Error AuthenticationFailed(std::string why);

// The same for a field that is not what it must be; `expected` says in words what would be right.
Error AuthenticationFailed(std::string why, RequestField field, std::string expected);

// The same for a fact that AuthenticationErrorDetail has words for.
Error AuthenticationFailed(SignatureMismatch mismatch);
Error AuthenticationFailed(const TimeFrame& frame);
Error AuthenticationFailed(DateSkew skew);

}  // namespace msc::storage
