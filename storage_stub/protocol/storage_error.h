#pragma once

#include <string_view>

#include "emulator/base/error.h"

namespace msc::storage {

// All errors of the blob endpoint except those of HTTP; the names are the service's own codes.
enum class StorageError {
  kInvalidInput,
  kInvalidUri,
  kInvalidResourceName,
  kInvalidHeaderValue,
  kCorsHeaderMissing,  // InvalidHeaderValue, for a preflight.
  kMissingRequiredHeader,
  kUnsupportedHeader,
  kInvalidQueryParameterValue,
  kMalformedTagQuery,  // InvalidQueryParameterValue, with the message of the error.
  kMissingRequiredQueryParameter,
  kOutOfRangeQueryParameterValue,
  kUnsupportedQueryParameter,
  kMutuallyExclusiveQueryParameters,
  kOutOfRangeInput,
  kNameLengthOutOfRange,  // OutOfRangeInput, for a container's name.
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
  kInvalidToken,  // InvalidAuthenticationInfo, for a token.
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
  kWebContentNotFound,
  kBlobNotFound,
  kCannotVerifyCopySource,
  kCopySourceUnauthenticated,    // CannotVerifyCopySource, with the status of the source.
  kCopySourceForbidden,          // The same.
  kCopySourceNotFound,           // The same.
  kCopySourceBlobNotFound,       // The same.
  kCopySourceContainerNotFound,  // The same.
  kNoPendingCopyOperation,
  kPendingCopyOperation,
  kCopyIdMismatch,
  kInvalidBlobType,
  kInvalidSourceBlobType,
  kSnapshotsPresent,
  kOperationNotAllowedOnRootBlob,
  kPreviousSnapshotNotFound,
  kPreviousSnapshotCannotBeNewer,
  kBlobIsSealed,
  kBlobArchived,
  kBlobBeingRehydrated,
  kAccessTierNotSupportedForBlobType,
  kBlobUsesCustomerSpecifiedEncryption,
  kBlobDoesNotUseCustomerSpecifiedEncryption,
  kBlobCustomerSpecifiedEncryptionMismatch,
  kRequestForbiddenByContainerEncryptionPolicy,
  kBlobImmutableDueToLegalHold,
  kBlobImmutableDueToPolicy,
  kImmutabilityPolicyDeleteOnLockedPolicy,
  kBlockCountExceedsLimit,
  kUncommittedBlockCountExceedsLimit,
  kAppendPositionConditionNotMet,
  kMaxBlobSizeConditionNotMet,
  kSequenceNumberConditionNotMet,
  kSequenceNumberIncrementTooLarge,
  kInvalidPageRange,
  kInvalidTag,
  kEmptyTagName,
  kDuplicateTagNames,
  kTagsTooLarge,
  kContainerAlreadyExists,
  kBlobAlreadyExists,
  kInsufficientAccountPermissions,
  kNotModified,  // ConditionNotMet, for a request that only reads.
  kConditionNotMet,
  kUnsatisfiableCondition,
  kSourceConditionNotMet,
  kLeaseNotPresentWithBlob,
  kLeaseNotPresentWithContainer,
  kBlobLeaseLost,            // LeaseLost.
  kContainerLeaseLost,       // The same.
  kBlobLeaseIdMissing,       // LeaseIdMissing.
  kContainerLeaseIdMissing,  // The same.
  kLeaseIdMismatchWithBlob,
  kLeaseIdMismatchWithContainer,
  kLeaseIdMismatchWithBlobLease,       // LeaseIdMismatchWithLeaseOperation.
  kLeaseIdMismatchWithContainerLease,  // The same.
  kLeaseNotPresentWithBlobLease,       // LeaseNotPresentWithLeaseOperation.
  kLeaseNotPresentWithContainerLease,  // The same.
  kLeaseAlreadyPresent,
  kLeaseIsBreakingAndCannotBeAcquired,
  kLeaseIsBreakingAndCannotBeChanged,
  kLeaseIsBrokenAndCannotBeRenewed,
  kInvalidRange,
};

// An error in the service's wire format.
struct WireError {
  int status;
  std::string_view code;
  std::string_view message;  // Empty: that of the error.
};

// Source: "Common REST API error codes",
// https://learn.microsoft.com/en-us/rest/api/storageservices/common-rest-api-error-codes, and "Blob
// service error codes",
// https://learn.microsoft.com/en-us/rest/api/storageservices/blob-service-error-codes
WireError ToWire(ErrorCode code);

}  // namespace msc::storage
