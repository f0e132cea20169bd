#include "storage_stub/protocol/storage_error.h"

#include <stdexcept>

#include "emulator/http/http_error.h"

namespace msc::storage {
namespace {

constexpr WireError kInternalError = {
    500, "InternalError", "The server encountered an internal error. Please retry the request."};

WireError OfStorage(StorageError code) {
  switch (code) {
    case StorageError::kInvalidInput:
      return {400, "InvalidInput", "One of the request inputs is not valid."};
    case StorageError::kInvalidUri:
      return {400, "InvalidUri",
              "The requested URI does not represent any resource on the server."};
    case StorageError::kInvalidResourceName:
      return {400, "InvalidResourceName",
              "The specifed resource name contains invalid characters."};
    case StorageError::kInvalidHeaderValue:
      return {400, "InvalidHeaderValue",
              "The value for one of the HTTP headers is not in the correct format."};
    case StorageError::kCorsHeaderMissing:
      return {400, "InvalidHeaderValue", "A required CORS header is not present."};
    case StorageError::kMissingRequiredHeader:
      return {400, "MissingRequiredHeader",
              "An HTTP header that's mandatory for this request is not specified."};
    case StorageError::kUnsupportedHeader:
      return {400, "UnsupportedHeader",
              "One of the HTTP headers specified in the request is not supported."};
    case StorageError::kInvalidQueryParameterValue:
      return {400, "InvalidQueryParameterValue",
              "Value for one of the query parameters specified in the request URI is invalid."};
    case StorageError::kMalformedTagQuery:
      return {400, "InvalidQueryParameterValue", ""};
    case StorageError::kMissingRequiredQueryParameter:
      return {400, "MissingRequiredQueryParameter",
              "A query parameter that's mandatory for this request is not specified."};
    case StorageError::kOutOfRangeQueryParameterValue:
      return {400, "OutOfRangeQueryParameterValue",
              "One of the query parameters specified in the request URI is outside the permissible "
              "range."};
    case StorageError::kUnsupportedQueryParameter:
      return {400, "UnsupportedQueryParameter",
              "One of the query parameters specified in the request URI is not supported."};
    case StorageError::kMutuallyExclusiveQueryParameters:
      return {400, "MutuallyExclusiveQueryParameters",
              "The request has query parameters that exclude each other."};
    case StorageError::kOutOfRangeInput:
      return {400, "OutOfRangeInput", "One of the request inputs is out of range."};
    case StorageError::kNameLengthOutOfRange:
      return {400, "OutOfRangeInput",
              "The specified resource name length is not within the permissible limits."};
    case StorageError::kInvalidXmlDocument:
      return {400, "InvalidXmlDocument", "XML specified is not syntactically valid."};
    case StorageError::kInvalidXmlNodeValue:
      return {400, "InvalidXmlNodeValue",
              "The value provided for one of the XML nodes in the request body was not in the "
              "correct format."};
    case StorageError::kUnsupportedXmlNode:
      return {400, "UnsupportedXmlNode",
              "One of the XML nodes specified in the request body is not supported."};
    case StorageError::kInvalidMd5:
      return {400, "InvalidMd5",
              "The MD5 value specified in the request is invalid. MD5 value must be 128 bits and "
              "base64 encoded."};
    case StorageError::kMd5Mismatch:
      return {400, "Md5Mismatch",
              "The MD5 value specified in the request did not match with the MD5 value calculated "
              "by the server."};
    case StorageError::kCrc64Mismatch:
      return {400, "Crc64Mismatch",
              "The CRC64 value specified in the request did not match with the CRC64 value "
              "calculated by the server."};
    case StorageError::kBothCrc64AndMd5HeaderPresent:
      return {400, "BothCrc64AndMd5HeaderPresent",
              "Both x-ms-content-crc64 header and Content-MD5 header are present."};
    case StorageError::kInvalidMetadata:
      return {400, "InvalidMetadata",
              "The specified metadata is invalid. It includes characters that are not permitted."};
    case StorageError::kMetadataTooLarge:
      return {400, "MetadataTooLarge",
              "The size of the specified metadata exceeds the maximum size permitted."};
    case StorageError::kInvalidBlobOrBlock:
      return {400, "InvalidBlobOrBlock", "The specified blob or block content is invalid."};
    case StorageError::kInvalidBlockList:
      return {400, "InvalidBlockList", "The specified block list is invalid."};
    case StorageError::kBlockListTooLong:
      return {400, "BlockListTooLong", "The block list may not contain more than 50,000 blocks."};
    case StorageError::kNoAuthenticationInformation:
      return {401, "NoAuthenticationInformation",
              "Server failed to authenticate the request. Please refer to the information in the "
              "www-authenticate header."};
    case StorageError::kAuthenticationFailed:
      return {403, "AuthenticationFailed",
              "Server failed to authenticate the request. Make sure the value of Authorization "
              "header is formed correctly including the signature."};
    case StorageError::kInvalidAuthenticationInfo:
      return {400, "InvalidAuthenticationInfo",
              "Authentication information is not given in the correct format. Check the value of "
              "Authorization header."};
    case StorageError::kInvalidToken:
      return {401, "InvalidAuthenticationInfo",
              "Server failed to authenticate the request. Please refer to the information in the "
              "www-authenticate header."};
    case StorageError::kAuthorizationFailure:
      return {403, "AuthorizationFailure",
              "This request is not authorized to perform this operation."};
    case StorageError::kAuthorizationPermissionMismatch:
      return {403, "AuthorizationPermissionMismatch",
              "This request is not authorized to perform this operation using this permission."};
    case StorageError::kAuthorizationProtocolMismatch:
      return {403, "AuthorizationProtocolMismatch",
              "This request is not authorized to perform this operation using this protocol."};
    case StorageError::kAuthorizationResourceTypeMismatch:
      return {403, "AuthorizationResourceTypeMismatch",
              "This request is not authorized to perform this operation using this resource type."};
    case StorageError::kAuthorizationServiceMismatch:
      return {403, "AuthorizationServiceMismatch",
              "This request is not authorized to perform this operation using this service."};
    case StorageError::kAuthorizationSourceIpMismatch:
      return {403, "AuthorizationSourceIPMismatch",
              "This request is not authorized to perform this operation using this source IP."};
    case StorageError::kUnauthorizedBlobOverwrite:
      return {403, "UnauthorizedBlobOverwrite",
              "This request is not authorized to perform blob overwrites."};
    case StorageError::kCorsPreflightFailure:
      return {403, "CorsPreflightFailure",
              "CORS not enabled or no matching rule found for this request."};
    case StorageError::kAccountNotFound:
    case StorageError::kResourceNotFound:
      return {404, "ResourceNotFound", "The specified resource does not exist."};
    case StorageError::kContainerNotFound:
      return {404, "ContainerNotFound", "The specified container does not exist."};
    case StorageError::kWebContentNotFound:
      return {404, "WebContentNotFound", "The requested content does not exist."};
    case StorageError::kBlobNotFound:
      return {404, "BlobNotFound", "The specified blob does not exist."};
    case StorageError::kCannotVerifyCopySource:
      return {404, "CannotVerifyCopySource",
              "Could not verify the copy source within the specified time. Examine the HTTP status "
              "code and message for more information about the failure."};
    case StorageError::kCopySourceUnauthenticated:
      return {401, "CannotVerifyCopySource",
              "Server failed to authenticate the request. Please refer to the information in the "
              "www-authenticate header."};
    case StorageError::kCopySourceForbidden:
      return {403, "CannotVerifyCopySource",
              "This request is not authorized to perform this operation using this permission."};
    case StorageError::kCopySourceNotFound:
      return {404, "CannotVerifyCopySource", "The specified resource does not exist."};
    case StorageError::kCopySourceBlobNotFound:
      return {404, "CannotVerifyCopySource", "The specified blob does not exist."};
    case StorageError::kCopySourceContainerNotFound:
      return {404, "CannotVerifyCopySource", "The specified container does not exist."};
    case StorageError::kNoPendingCopyOperation:
      return {409, "NoPendingCopyOperation", "There is currently no pending copy operation."};
    case StorageError::kPendingCopyOperation:
      return {409, "PendingCopyOperation", "There is currently a pending copy operation."};
    case StorageError::kCopyIdMismatch:
      return {409, "CopyIdMismatch",
              "The specified copy ID did not match the copy ID for the pending copy operation."};
    case StorageError::kInvalidBlobType:
      return {409, "InvalidBlobType", "The blob type is invalid for this operation."};
    case StorageError::kInvalidSourceBlobType:
      return {409, "InvalidSourceBlobType",
              "The copy source blob type is invalid for this operation."};
    case StorageError::kSnapshotsPresent:
      return {409, "SnapshotsPresent",
              "This operation is not permitted while the blob has snapshots."};
    case StorageError::kOperationNotAllowedOnRootBlob:
      return {403, "OperationNotAllowedOnRootBlob",
              "This operation is not allowed on the current version of the blob."};
    case StorageError::kPreviousSnapshotNotFound:
      return {409, "PreviousSnapshotNotFound", "The previous snapshot is not found."};
    case StorageError::kPreviousSnapshotCannotBeNewer:
      return {
          409, "PreviousSnapshotCannotBeNewer",
          "The prevsnapshot query parameter value cannot be newer than snapshot query parameter "
          "value."};
    case StorageError::kBlobIsSealed:
      return {409, "BlobIsSealed",
              "The specified blob is sealed, and its contents can't be modified unless the blob is "
              "re-created after a delete."};
    case StorageError::kBlobArchived:
      return {409, "BlobArchived", "This operation is not permitted on an archived blob."};
    case StorageError::kBlobBeingRehydrated:
      return {409, "BlobBeingRehydrated",
              "This operation is not permitted because the blob is being rehydrated."};
    case StorageError::kAccessTierNotSupportedForBlobType:
      return {400, "AccessTierNotSupportedForBlobType",
              "The access tier is not supported for this blob type."};
    case StorageError::kBlobUsesCustomerSpecifiedEncryption:
      return {
          409, "BlobUsesCustomerSpecifiedEncryption",
          "The blob is encrypted with customer specified encryption, but it was not provided in "
          "the request."};
    case StorageError::kBlobDoesNotUseCustomerSpecifiedEncryption:
      return {409, "BlobDoesNotUseCustomerSpecifiedEncryption",
              "The blob is not encrypted with customer specified encryption, but one was provided "
              "in the request."};
    case StorageError::kBlobCustomerSpecifiedEncryptionMismatch:
      return {409, "BlobCustomerSpecifiedEncryptionMismatch",
              "The given customer specified encryption does not match the encryption used to "
              "encrypt the blob."};
    case StorageError::kRequestForbiddenByContainerEncryptionPolicy:
      return {403, "RequestForbiddenByContainerEncryptionPolicy",
              "The request is forbidden by the container encryption policy."};
    case StorageError::kBlobImmutableDueToLegalHold:
      return {409, "BlobImmutableDueToLegalHold",
              "This operation is not permitted as the blob is immutable due to one or more legal "
              "holds."};
    case StorageError::kBlobImmutableDueToPolicy:
      return {409, "BlobImmutableDueToPolicy",
              "This operation is not permitted as the blob is immutable due to a policy."};
    case StorageError::kImmutabilityPolicyDeleteOnLockedPolicy:
      return {409, "ImmutabilityPolicyDeleteOnLockedPolicy",
              "A locked immutability policy cannot be deleted."};
    case StorageError::kBlockCountExceedsLimit:
      return {409, "BlockCountExceedsLimit",
              "The committed block count cannot exceed the maximum limit of 50,000 blocks."};
    case StorageError::kUncommittedBlockCountExceedsLimit:
      return {409, "RequestEntityTooLargeBlockCountExceedsLimit",
              "The uncommitted block count cannot exceed the maximum limit of 100,000 blocks."};
    case StorageError::kAppendPositionConditionNotMet:
      return {412, "AppendPositionConditionNotMet",
              "The append position condition specified was not met."};
    case StorageError::kMaxBlobSizeConditionNotMet:
      return {412, "MaxBlobSizeConditionNotMet",
              "The max blob size condition specified was not met."};
    case StorageError::kSequenceNumberConditionNotMet:
      return {412, "SequenceNumberConditionNotMet",
              "The sequence number condition specified was not met."};
    case StorageError::kSequenceNumberIncrementTooLarge:
      return {409, "SequenceNumberIncrementTooLarge",
              "The sequence number increment cannot be performed because it would result in "
              "overflow of the sequence number."};
    case StorageError::kInvalidPageRange:
      return {416, "InvalidPageRange", "The page range specified is invalid."};
    case StorageError::kInvalidTag:
      return {400, "InvalidTag",
              "The tags specified are invalid. It contains characters that are not permitted."};
    case StorageError::kEmptyTagName:
      return {400, "EmptyTagName", "The name of one of the tag key-value pairs is empty."};
    case StorageError::kDuplicateTagNames:
      return {400, "DuplicateTagNames", "The tags specified contain duplicate names."};
    case StorageError::kTagsTooLarge:
      return {400, "TagsTooLarge", "The tags specified exceed the maximum permissible limit."};
    case StorageError::kContainerAlreadyExists:
      return {409, "ContainerAlreadyExists", "The specified container already exists."};
    case StorageError::kBlobAlreadyExists:
      return {409, "BlobAlreadyExists", "The specified blob already exists."};
    case StorageError::kInsufficientAccountPermissions:
      return {403, "InsufficientAccountPermissions",
              "The account being accessed does not have sufficient permissions to execute this "
              "operation."};
    case StorageError::kNotModified:
      return {304, "ConditionNotMet",
              "The condition specified using HTTP conditional header(s) is not met."};
    case StorageError::kConditionNotMet:
      return {412, "ConditionNotMet",
              "The condition specified using HTTP conditional header(s) is not met."};
    case StorageError::kUnsatisfiableCondition:
      return {400, "UnsatisfiableCondition",
              "The request includes an unsatisfiable condition for this operation."};
    case StorageError::kSourceConditionNotMet:
      return {412, "SourceConditionNotMet",
              "The source condition specified using HTTP conditional header(s) is not met."};
    case StorageError::kLeaseNotPresentWithBlob:
      return {412, "LeaseNotPresentWithBlobOperation", "There is currently no lease on the blob."};
    case StorageError::kLeaseNotPresentWithContainer:
      return {412, "LeaseNotPresentWithContainerOperation",
              "There is currently no lease on the container."};
    case StorageError::kBlobLeaseLost:
      return {412, "LeaseLost",
              "A lease ID was specified, but the lease for the blob has expired."};
    case StorageError::kContainerLeaseLost:
      return {412, "LeaseLost",
              "A lease ID was specified, but the lease for the container has expired."};
    case StorageError::kBlobLeaseIdMissing:
      return {
          412, "LeaseIdMissing",
          "There is currently a lease on the blob and no lease ID was specified in the request."};
    case StorageError::kContainerLeaseIdMissing:
      return {412, "LeaseIdMissing",
              "There is currently a lease on the container and no lease ID was specified in the "
              "request."};
    case StorageError::kLeaseIdMismatchWithBlob:
      return {412, "LeaseIdMismatchWithBlobOperation",
              "The lease ID specified did not match the lease ID for the blob."};
    case StorageError::kLeaseIdMismatchWithContainer:
      return {412, "LeaseIdMismatchWithContainerOperation",
              "The lease ID specified did not match the lease ID for the container."};
    case StorageError::kLeaseIdMismatchWithBlobLease:
      return {409, "LeaseIdMismatchWithLeaseOperation",
              "The lease ID specified did not match the lease ID for the blob."};
    case StorageError::kLeaseIdMismatchWithContainerLease:
      return {409, "LeaseIdMismatchWithLeaseOperation",
              "The lease ID specified did not match the lease ID for the container."};
    case StorageError::kLeaseNotPresentWithBlobLease:
      return {409, "LeaseNotPresentWithLeaseOperation", "There is currently no lease on the blob."};
    case StorageError::kLeaseNotPresentWithContainerLease:
      return {409, "LeaseNotPresentWithLeaseOperation",
              "There is currently no lease on the container."};
    case StorageError::kLeaseAlreadyPresent:
      return {409, "LeaseAlreadyPresent", "There is already a lease present."};
    case StorageError::kLeaseIsBreakingAndCannotBeAcquired:
      return {409, "LeaseIsBreakingAndCannotBeAcquired",
              "The lease ID matched, but the lease is currently in breaking state and cannot be "
              "acquired until it is broken."};
    case StorageError::kLeaseIsBreakingAndCannotBeChanged:
      return {409, "LeaseIsBreakingAndCannotBeChanged",
              "The lease ID matched, but the lease is currently in breaking state and cannot be "
              "changed."};
    case StorageError::kLeaseIsBrokenAndCannotBeRenewed:
      return {
          409, "LeaseIsBrokenAndCannotBeRenewed",
          "The lease ID matched, but the lease has been broken explicitly and cannot be renewed."};
    case StorageError::kInvalidRange:
      return {416, "InvalidRange",
              "The range specified is invalid for the current size of the resource."};
  }
  throw std::logic_error("StorageError out of range");
}

WireError OfHttp(http::HttpError code) {
  switch (code) {
    case http::HttpError::kMalformedRequest:
      return OfStorage(StorageError::kInvalidInput);
    case http::HttpError::kRouteNotFound:
    case http::HttpError::kOtherPort:
      return OfStorage(StorageError::kResourceNotFound);
    case http::HttpError::kClientGone:
      return {400, "IncompleteBody", "The connection ended before the request body did."};
    case http::HttpError::kMethodNotAllowed:
      return {405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb."};
    case http::HttpError::kRequestTimeout:
      return {408, "RequestTimeout", "The request body was not received in time."};
    case http::HttpError::kLengthRequired:
      return {411, "MissingContentLengthHeader", "Content-Length HTTP header is missing."};
    case http::HttpError::kBodyTooLarge:
      return {413, "RequestBodyTooLarge",
              "The request body is too large and exceeds the maximum permissible limit."};
    case http::HttpError::kInternalError:
      return kInternalError;
  }
  throw std::logic_error("HttpError out of range");
}

}  // namespace

WireError ToWire(ErrorCode code) {
  if (const auto storage = code.As<StorageError>()) return OfStorage(*storage);
  return OfHttp(http::ToHttpError(code));
}

}  // namespace msc::storage
