#include "emulator/http/status.h"

#include <stdexcept>

namespace msc::http {

int StatusOf(RefusalCode code) {
  // What another subject's enum names is not refused here unless something of ours is broken.
  switch (code.As<ErrorCode>().value_or(ErrorCode::kInternalError)) {
    case ErrorCode::kMalformedRequest:
    case ErrorCode::kClientGone:
    case ErrorCode::kVideoUnreadable:
    case ErrorCode::kModeNotSupported:
    case ErrorCode::kKeyIdMalformed:
    case ErrorCode::kParameterInvalid:
    case ErrorCode::kArchiveInvalid:
    case ErrorCode::kControlInvalid:
    case ErrorCode::kProgramInvalid:
      return 400;
    case ErrorCode::kTokenRefused:
    case ErrorCode::kAdminTokenRefused:
      return 401;
    case ErrorCode::kVideoNotReady:
    case ErrorCode::kSignInRequired:
    case ErrorCode::kHostForbidden:
    case ErrorCode::kOriginForbidden:
      return 403;
    case ErrorCode::kRouteNotFound:
    case ErrorCode::kVideoNotFound:
    case ErrorCode::kKeyNotFound:
    case ErrorCode::kControlNotFound:
      return 404;
    case ErrorCode::kMethodNotAllowed:
      return 405;
    case ErrorCode::kRequestTimeout:
      return 408;
    case ErrorCode::kNothingUploaded:
    case ErrorCode::kShutdownRefused:
    case ErrorCode::kVideoExists:
    case ErrorCode::kVideoEnded:
      return 409;
    case ErrorCode::kLengthRequired:
      return 411;
    case ErrorCode::kBodyTooLarge:
      return 413;
    case ErrorCode::kMediaTypeUnsupported:
      return 415;
    case ErrorCode::kInternalError:
      return 500;
    case ErrorCode::kNoFreeThread:
      return 503;
  }
  throw std::logic_error("ErrorCode out of range");
}

}  // namespace msc::http
