#pragma once

#include <string_view>

#include "emulator/base/error.h"

namespace msc::storage {

// Every error of the blob endpoint beside those of HTTP; the names are the service's own codes.
enum class StorageError {
  kInvalidInput,
  kInvalidUri,
  kInvalidResourceName,
  kInvalidHeaderValue,
  kCorsHeaderMissing,  // InvalidHeaderValue of a preflight.
  kMissingRequiredHeader,
  kUnsupportedHeader,
  kInvalidQueryParameterValue,
  kMissingRequiredQueryParameter,
  kOutOfRangeQueryParameterValue,
  kUnsupportedQueryParameter,
  kOutOfRangeInput,
  kNameLengthOutOfRange,  // OutOfRangeInput where it is a container's name.
  kInvalidXmlDocument,
  kInvalidXmlNodeValue,
  kUnsupportedXmlNode,
  kInvalidMd5,
  kMd5Mismatch,
  kCrc64Mismatch,
  kBothCrc64AndMd5HeaderPresent,
  kInvalidMetadata,
  kMetadataTooLarge,
  kInvalidBlobOrBlock,
  kInvalidBlockList,
  kBlockListTooLong,
  kNoAuthenticationInformation,
  kInvalidAuthenticationInfo,
  kAuthenticationFailed,
  kAuthorizationFailure,
  kAuthorizationPermissionMismatch,
  kAuthorizationProtocolMismatch,
  kAuthorizationResourceTypeMismatch,
  kAuthorizationServiceMismatch,
  kAuthorizationSourceIpMismatch,
  kUnauthorizedBlobOverwrite,
  kCorsPreflightFailure,
  kAccountNotFound,
  kResourceNotFound,
  kContainerNotFound,
  kBlobNotFound,
  kCannotVerifyCopySource,
  kCopySourceUnauthenticated,    // CannotVerifyCopySource, with what the source itself answers.
  kCopySourceForbidden,          // Likewise.
  kCopySourceNotFound,           // Likewise.
  kCopySourceBlobNotFound,       // Likewise.
  kCopySourceContainerNotFound,  // Likewise.
  kNoPendingCopyOperation,
  kContainerAlreadyExists,
  kBlobAlreadyExists,
  kPublicAccessNotPermitted,
  kInsufficientAccountPermissions,
  kNotModified,  // ConditionNotMet where the request only reads.
  kConditionNotMet,
  kUnsatisfiableCondition,
  kSourceConditionNotMet,
  kLeaseNotPresentWithBlob,
  kLeaseNotPresentWithContainer,
  kInvalidRange,
};

// How the service says an error.
struct WireError {
  int status;
  std::string_view code;
  std::string_view message;
};

// Source: "Common REST API error codes",
// https://learn.microsoft.com/en-us/rest/api/storageservices/common-rest-api-error-codes, and "Blob
// service error codes",
// https://learn.microsoft.com/en-us/rest/api/storageservices/blob-service-error-codes
WireError ToWire(ErrorCode code);

}  // namespace msc::storage
