#pragma once

#include <string_view>

// Names and constants of the blob service on the wire, as its REST reference spells them.
namespace msc::storage::wire {

// Parameters of shared access signatures.
inline constexpr std::string_view kSignedVersion = "sv";
inline constexpr std::string_view kSignedResource = "sr";
inline constexpr std::string_view kSignedIdentifier = "si";
inline constexpr std::string_view kSignature = "sig";
inline constexpr std::string_view kSignedStart = "st";
inline constexpr std::string_view kSignedExpiry = "se";
inline constexpr std::string_view kSignedPermissions = "sp";
inline constexpr std::string_view kSignedIp = "sip";
inline constexpr std::string_view kSignedProtocol = "spr";
inline constexpr std::string_view kSignedEncryptionScope = "ses";
inline constexpr std::string_view kCacheControlOverride = "rscc";
inline constexpr std::string_view kContentDispositionOverride = "rscd";
inline constexpr std::string_view kContentEncodingOverride = "rsce";
inline constexpr std::string_view kContentLanguageOverride = "rscl";
inline constexpr std::string_view kContentTypeOverride = "rsct";
inline constexpr std::string_view kSignedServices = "ss";
inline constexpr std::string_view kSignedResourceTypes = "srt";
inline constexpr char kServiceBlob = 'b';
inline constexpr std::string_view kResourceContainer = "c";
inline constexpr std::string_view kResourceBlob = "b";
inline constexpr std::string_view kResourceSnapshot = "bs";
inline constexpr std::string_view kResourceVersion = "bv";

// Parameters of a signature with a user delegation key.
inline constexpr std::string_view kKeyObjectId = "skoid";
inline constexpr std::string_view kKeyTenantId = "sktid";
inline constexpr std::string_view kKeyStart = "skt";
inline constexpr std::string_view kKeyExpiry = "ske";
inline constexpr std::string_view kKeyService = "sks";
inline constexpr std::string_view kKeyVersion = "skv";
inline constexpr std::string_view kKeyDelegatedTenantId = "skdutid";
inline constexpr std::string_view kAuthorizedObjectId = "saoid";
inline constexpr std::string_view kUnauthorizedObjectId = "suoid";
inline constexpr std::string_view kCorrelationId = "scid";
inline constexpr std::string_view kDelegatedObjectId = "sduoid";

// Schemes of the header Authorization.
inline constexpr std::string_view kSharedKeyScheme = "SharedKey";
inline constexpr std::string_view kSharedKeyLiteScheme = "SharedKeyLite";
inline constexpr std::string_view kBearerScheme = "Bearer";

// Parameters that turn a request for a blob into another operation.
inline constexpr std::string_view kComp = "comp";
inline constexpr std::string_view kRestype = "restype";
inline constexpr std::string_view kSnapshot = "snapshot";
inline constexpr std::string_view kVersionId = "versionid";
inline constexpr std::string_view kPreviousSnapshot = "prevsnapshot";

// Parameters of operations.
inline constexpr std::string_view kBlockId = "blockid";
inline constexpr std::string_view kBlockListType = "blocklisttype";
inline constexpr std::string_view kPrefix = "prefix";
inline constexpr std::string_view kCopyIdParameter = "copyid";
inline constexpr std::string_view kStartFrom = "startfrom";
inline constexpr std::string_view kEndBefore = "endbefore";
inline constexpr std::string_view kDelimiter = "delimiter";
inline constexpr std::string_view kMarker = "marker";
inline constexpr std::string_view kMaxResults = "maxresults";
inline constexpr std::string_view kInclude = "include";
inline constexpr std::string_view kWhere = "where";

// Segments that a route captures.
inline constexpr std::string_view kAccount = "account";
inline constexpr std::string_view kContainer = "container";
inline constexpr std::string_view kBlob = "blob";

// Headers of HTTP.
inline constexpr const char* kAcceptRanges = "Accept-Ranges";
inline constexpr const char* kAllow = "Allow";
inline constexpr const char* kAuthorization = "Authorization";
inline constexpr const char* kCacheControl = "Cache-Control";
inline constexpr const char* kContentDisposition = "Content-Disposition";
inline constexpr const char* kContentEncoding = "Content-Encoding";
inline constexpr const char* kContentLanguage = "Content-Language";
inline constexpr const char* kContentLength = "Content-Length";
inline constexpr const char* kContentMd5 = "Content-MD5";
inline constexpr const char* kContentRange = "Content-Range";
inline constexpr const char* kContentType = "Content-Type";
inline constexpr const char* kDate = "Date";
inline constexpr const char* kEtag = "ETag";
inline constexpr const char* kIfMatch = "If-Match";
inline constexpr const char* kIfModifiedSince = "If-Modified-Since";
inline constexpr const char* kIfNoneMatch = "If-None-Match";
inline constexpr const char* kIfUnmodifiedSince = "If-Unmodified-Since";
inline constexpr const char* kLastModified = "Last-Modified";
inline constexpr const char* kRange = "Range";
inline constexpr const char* kServer = "Server";
inline constexpr const char* kVary = "Vary";
inline constexpr const char* kWwwAuthenticate = "WWW-Authenticate";

// Headers of the service.
inline constexpr std::string_view kServicePrefix = "x-ms-";
inline constexpr std::string_view kMetadataPrefix = "x-ms-meta-";
inline constexpr const char* kRequestId = "x-ms-request-id";
inline constexpr const char* kClientRequestId = "x-ms-client-request-id";
inline constexpr const char* kVersion = "x-ms-version";
inline constexpr const char* kErrorCode = "x-ms-error-code";
inline constexpr const char* kCopySource = "x-ms-copy-source";
inline constexpr const char* kCopySourceAuthorization = "x-ms-copy-source-authorization";
inline constexpr const char* kRequiresSync = "x-ms-requires-sync";
inline constexpr const char* kSourceMd5 = "x-ms-source-content-md5";
inline constexpr const char* kSourceCrc64 = "x-ms-source-content-crc64";
inline constexpr const char* kSourceRange = "x-ms-source-range";
inline constexpr const char* kSourcePrefix = "x-ms-source-";
inline constexpr const char* kAppendPosition = "x-ms-blob-condition-appendpos";
inline constexpr const char* kMaxSize = "x-ms-blob-condition-maxsize";
inline constexpr const char* kAppendOffset = "x-ms-blob-append-offset";
inline constexpr const char* kCommittedBlockCount = "x-ms-blob-committed-block-count";
inline constexpr const char* kSealed = "x-ms-blob-sealed";
inline constexpr const char* kSealBlob = "x-ms-seal-blob";
inline constexpr const char* kPageWrite = "x-ms-page-write";
inline constexpr const char* kSequenceNumber = "x-ms-blob-sequence-number";
inline constexpr const char* kSequenceNumberAction = "x-ms-sequence-number-action";
inline constexpr const char* kIfSequenceNumberAtMost = "x-ms-if-sequence-number-le";
inline constexpr const char* kIfSequenceNumberBelow = "x-ms-if-sequence-number-lt";
inline constexpr const char* kIfSequenceNumberIs = "x-ms-if-sequence-number-eq";
inline constexpr const char* kTags = "x-ms-tags";
inline constexpr const char* kIfTags = "x-ms-if-tags";
inline constexpr const char* kTagCount = "x-ms-tag-count";
inline constexpr const char* kCopySourceTagOption = "x-ms-copy-source-tag-option";
inline constexpr const char* kCopyAction = "x-ms-copy-action";
inline constexpr const char* kCopyId = "x-ms-copy-id";
inline constexpr const char* kCopyStatus = "x-ms-copy-status";
inline constexpr const char* kCopyProgress = "x-ms-copy-progress";
inline constexpr const char* kCopyCompletionTime = "x-ms-copy-completion-time";
inline constexpr const char* kServiceDate = "x-ms-date";
inline constexpr const char* kServiceRange = "x-ms-range";
inline constexpr const char* kRangeGetMd5 = "x-ms-range-get-content-md5";
inline constexpr const char* kRangeGetCrc64 = "x-ms-range-get-content-crc64";
inline constexpr const char* kContentCrc64 = "x-ms-content-crc64";
inline constexpr const char* kBlobType = "x-ms-blob-type";
inline constexpr const char* kBlobContentLength = "x-ms-blob-content-length";
inline constexpr const char* kBlobCacheControl = "x-ms-blob-cache-control";
inline constexpr const char* kBlobContentDisposition = "x-ms-blob-content-disposition";
inline constexpr const char* kBlobContentEncoding = "x-ms-blob-content-encoding";
inline constexpr const char* kBlobContentLanguage = "x-ms-blob-content-language";
inline constexpr const char* kBlobContentMd5 = "x-ms-blob-content-md5";
inline constexpr const char* kBlobContentType = "x-ms-blob-content-type";
inline constexpr const char* kEncryptionKeySha256 = "x-ms-encryption-key-sha256";
inline constexpr const char* kEncryptionScope = "x-ms-encryption-scope";
inline constexpr const char* kDefaultScope = "x-ms-default-encryption-scope";
inline constexpr const char* kDeniesScopeOverride = "x-ms-deny-encryption-scope-override";
inline constexpr const char* kImmutableUntil = "x-ms-immutability-policy-until-date";
inline constexpr const char* kImmutabilityMode = "x-ms-immutability-policy-mode";
inline constexpr const char* kLegalHold = "x-ms-legal-hold";
inline constexpr const char* kRequestServerEncrypted = "x-ms-request-server-encrypted";
inline constexpr const char* kServerEncrypted = "x-ms-server-encrypted";
inline constexpr const char* kCreationTime = "x-ms-creation-time";
inline constexpr const char* kLeaseState = "x-ms-lease-state";
inline constexpr const char* kLeaseStatus = "x-ms-lease-status";
inline constexpr const char* kLeaseDuration = "x-ms-lease-duration";
inline constexpr const char* kLeaseId = "x-ms-lease-id";
inline constexpr const char* kPreviousSnapshotUrl = "x-ms-previous-snapshot-url";
inline constexpr const char* kVersionOfBlob = "x-ms-version-id";
inline constexpr const char* kIsCurrentVersion = "x-ms-is-current-version";
inline constexpr const char* kSnapshotTaken = "x-ms-snapshot";
inline constexpr const char* kProposedLeaseId = "x-ms-proposed-lease-id";
inline constexpr const char* kLeaseAction = "x-ms-lease-action";
inline constexpr const char* kLeaseBreakPeriod = "x-ms-lease-break-period";
inline constexpr const char* kLeaseTime = "x-ms-lease-time";
inline constexpr const char* kDeleteSnapshots = "x-ms-delete-snapshots";
inline constexpr const char* kCopySourceProperties = "x-ms-copy-source-blob-properties";
inline constexpr const char* kPublicAccess = "x-ms-blob-public-access";
inline constexpr const char* kHasImmutabilityPolicy = "x-ms-has-immutability-policy";
inline constexpr const char* kHasLegalHold = "x-ms-has-legal-hold";
inline constexpr const char* kSkuName = "x-ms-sku-name";
inline constexpr const char* kAccountKind = "x-ms-account-kind";
inline constexpr const char* kIsHnsEnabled = "x-ms-is-hns-enabled";
inline constexpr const char* kAccessTier = "x-ms-access-tier";
inline constexpr const char* kAccessTierInferred = "x-ms-access-tier-inferred";
inline constexpr const char* kAccessTierChangeTime = "x-ms-access-tier-change-time";
inline constexpr const char* kArchiveStatus = "x-ms-archive-status";
inline constexpr const char* kRehydratePriority = "x-ms-rehydrate-priority";
inline constexpr const char* kDeleteTypePermanent = "x-ms-delete-type-permanent";

// Values.
inline constexpr const char* kStats = "stats";
inline constexpr const char* kTrue = "true";
inline constexpr const char* kFalse = "false";
inline constexpr const char* kZero = "0";
inline constexpr const char* kBytes = "bytes";
inline constexpr const char* kBlockBlob = "BlockBlob";
inline constexpr const char* kPageBlob = "PageBlob";
inline constexpr const char* kAppendBlob = "AppendBlob";
inline constexpr const char* kSuccess = "success";
inline constexpr const char* kPending = "pending";
inline constexpr const char* kAborted = "aborted";
inline constexpr const char* kFailed = "failed";
inline constexpr const char* kIncludeSnapshots = "include";
inline constexpr const char* kOnlySnapshots = "only";
inline constexpr const char* kStandardRagrs = "Standard_RAGRS";
inline constexpr const char* kStorageV2 = "StorageV2";
inline constexpr const char* kAvailable = "available";
inline constexpr const char* kLeased = "leased";
inline constexpr const char* kExpired = "expired";
inline constexpr const char* kBreaking = "breaking";
inline constexpr const char* kBroken = "broken";
inline constexpr const char* kLocked = "locked";
inline constexpr const char* kUnlocked = "unlocked";
inline constexpr const char* kInfinite = "infinite";
inline constexpr const char* kFixed = "fixed";
inline constexpr const char* kAcquire = "acquire";
inline constexpr const char* kRenew = "renew";
inline constexpr const char* kChange = "change";
inline constexpr const char* kRelease = "release";
inline constexpr const char* kBreak = "break";
inline constexpr const char* kAbort = "abort";
inline constexpr const char* kUpdate = "update";
inline constexpr const char* kClear = "clear";
inline constexpr const char* kMax = "max";
inline constexpr const char* kIncrement = "increment";
inline constexpr const char* kCopyTags = "COPY";
inline constexpr const char* kReplaceTags = "REPLACE";
inline constexpr const char* kHot = "Hot";
inline constexpr const char* kCool = "Cool";
inline constexpr const char* kCold = "Cold";
inline constexpr const char* kArchive = "Archive";
inline constexpr const char* kHigh = "High";
inline constexpr const char* kAes256 = "AES256";
inline constexpr const char* kAccountScope = "$account-encryption-key";
inline constexpr const char* kStandard = "Standard";
inline constexpr const char* kBearerChallenge =
    "Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize "
    "resource_id=https://storage.azure.com";
inline constexpr const char* kXml = "application/xml";
inline constexpr const char* kOctetStream = "application/octet-stream";
inline constexpr const char* kServerName = "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0";

// More members of an error.
inline constexpr const char* kHeaderName = "HeaderName";
inline constexpr const char* kHeaderValue = "HeaderValue";
inline constexpr const char* kQueryParameterName = "QueryParameterName";
inline constexpr const char* kQueryParameterValue = "QueryParameterValue";
inline constexpr const char* kMaxLimit = "MaxLimit";
inline constexpr const char* kUserSpecifiedMd5 = "UserSpecifiedMd5";
inline constexpr const char* kServerCalculatedMd5 = "ServerCalculatedMd5";
inline constexpr const char* kUserSpecifiedCrc64 = "UserSpecifiedCrc64";
inline constexpr const char* kServerCalculatedCrc64 = "ServerCalculatedCrc64";
inline constexpr const char* kSourceIp = "SourceIP";
inline constexpr const char* kXmlNodeName = "XmlNodeName";
inline constexpr const char* kXmlNodeValue = "XmlNodeValue";

}  // namespace msc::storage::wire
