#include "emulator/http/status.h"

#include <stdexcept>

namespace msc::http {

int StatusOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMalformedRequest:
    case ErrorCode::kClientGone:
    case ErrorCode::kVideoUnreadable:
    case ErrorCode::kModeNotSupported:
    case ErrorCode::kKeyIdMalformed:
    case ErrorCode::kParameterInvalid:
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
      return 404;
    case ErrorCode::kMethodNotAllowed:
      return 405;
    case ErrorCode::kRequestTimeout:
      return 408;
    case ErrorCode::kNothingUploaded:
      return 409;
    case ErrorCode::kLengthRequired:
      return 411;
    case ErrorCode::kBodyTooLarge:
      return 413;
    case ErrorCode::kMediaTypeUnsupported:
      return 415;

    // Of storage, which others use in ways that it never refuses unless something of ours is
    // broken.
    case ErrorCode::kFault:
    case ErrorCode::kAccountNotFound:
    case ErrorCode::kAuthenticationFailed:
    case ErrorCode::kNoAuthenticationInformation:
    case ErrorCode::kAuthorizationPermissionMismatch:
    case ErrorCode::kResourceNotFound:
    case ErrorCode::kContainerNotFound:
    case ErrorCode::kContainerAlreadyExists:
    case ErrorCode::kBlobNotFound:
    case ErrorCode::kInvalidResourceName:
    case ErrorCode::kInvalidUri:
    case ErrorCode::kInvalidInput:
    case ErrorCode::kInvalidHeaderValue:
    case ErrorCode::kMissingRequiredHeader:
    case ErrorCode::kInvalidQueryParameterValue:
    case ErrorCode::kInvalidMd5:
    case ErrorCode::kMd5Mismatch:
    case ErrorCode::kInvalidMetadata:
    case ErrorCode::kMetadataTooLarge:
    case ErrorCode::kUnauthorizedBlobOverwrite:
    case ErrorCode::kCorsPreflightFailure:
      return 500;
  }
  throw std::logic_error("ErrorCode out of range");
}

}  // namespace msc::http
