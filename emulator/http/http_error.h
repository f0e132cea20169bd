#pragma once

#include <string>

#include "emulator/base/error.h"

namespace msc::http {

// Errors of HTTP itself, which every endpoint can have.
enum class HttpError {
  kMalformedRequest,
  kBodyTooLarge,
  kRequestTimeout,
  kLengthRequired,
  kRouteNotFound,
  kOtherPort,         // Another port of the emulator serves the path.
  kMethodNotAllowed,  // With the fact AllowedMethods.
  kInternalError,     // An internal error (a full disk, a bug); it is logged.
  kClientGone,        // The connection broke while the body was read; no response is sent.
};

// The status everywhere except at the blob endpoint, whose wire format has its own table.
int StatusOf(HttpError error);

// The HttpError in `code`. If it is an error of another subject, that is a bug in the endpoint:
// kInternalError.
HttpError ToHttpError(ErrorCode code);

// The value of `Allow` for a kMethodNotAllowed: "GET, HEAD".
std::string AllowValue(const Error& error);

}  // namespace msc::http
