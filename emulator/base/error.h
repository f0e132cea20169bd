#pragma once

#include <string>
#include <utility>
#include <vector>

namespace msc {

// Every refusal of the product. http::StatusOf and the blob endpoint's wire format map all of them
// with a `switch` without `default:`, so that a new one cannot be forgotten.
enum class ErrorCode {
  // Of HTTP itself.
  kMalformedRequest,
  kBodyTooLarge,
  kRequestTimeout,
  kLengthRequired,
  kRouteNotFound,
  kMethodNotAllowed,
  kFault,       // Something of ours broke (a full disk, a bug); the log says what.
  kClientGone,  // The connection broke while the body was read; nobody hears the answer.

  // Of the Videos API.
  kVideoUnreadable,   // The entity in the body cannot be made into a Video.
  kModeNotSupported,  // A protection or encryption mode that does not exist.
  kVideoNotFound,
  kVideoNotReady,  // Still pending or processing.
  kNothingUploaded,
  kKeyIdMalformed,
  kKeyNotFound,
  kParameterInvalid,
  kSignInRequired,

  // Of key delivery.
  kTokenRefused,

  // Of the control API.
  kHostForbidden,
  kOriginForbidden,
  kMediaTypeUnsupported,
  kAdminTokenRefused,

  // Of blob storage; the names are the service's own codes.
  kAccountNotFound,
  kAuthenticationFailed,
  kNoAuthenticationInformation,
  kAuthorizationPermissionMismatch,
  kResourceNotFound,
  kContainerNotFound,
  kContainerAlreadyExists,
  kBlobNotFound,
  kInvalidResourceName,
  kInvalidUri,
  kInvalidInput,
  kInvalidHeaderValue,
  kMissingRequiredHeader,
  kInvalidQueryParameterValue,
  kInvalidMd5,
  kMd5Mismatch,
  kInvalidMetadata,
  kMetadataTooLarge,
  kUnauthorizedBlobOverwrite,
  kCorsPreflightFailure,
};

// Why something was refused.
struct Error {
  ErrorCode code;

  // One line for a person: the bad value and the remedy. Where the wire format prescribes a text,
  // that is used instead.
  std::string message = {};

  // What the storage service calls AuthenticationErrorDetail; empty: none.
  std::string detail = {};

  // Further members of a storage error, in order, such as {"UserSpecifiedMd5", "…"}.
  std::vector<std::pair<std::string, std::string>> members = {};
};

}  // namespace msc
