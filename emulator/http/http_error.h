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
  kMethodNotAllowed,  // With the fact AllowedMethods.
  kInternalError,     // Something of ours broke (a full disk, a bug); the log says what.
  kClientGone,        // The connection broke while the body was read; nobody hears the answer.
};

// The status everywhere but at the blob endpoint, whose wire format has its own.
int StatusOf(HttpError error);

// The error of HTTP that `code` is. An endpoint that hears of another subject's error, which it
// has no words for, is broken: kInternalError.
HttpError ToHttpError(ErrorCode code);

// What `Allow` says of a kMethodNotAllowed: "GET, HEAD".
std::string AllowValue(const Error& error);

}  // namespace msc::http
