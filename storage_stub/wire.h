#pragma once

#include <string_view>

// The words of the blob service on the wire, as its REST reference spells them.
namespace msc::storage::wire {

// Parameters of a service shared access signature.
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
inline constexpr std::string_view kResourceContainer = "c";
inline constexpr std::string_view kResourceBlob = "b";

// Parameters that turn a request for a blob into another operation.
inline constexpr std::string_view kComp = "comp";
inline constexpr std::string_view kRestype = "restype";
inline constexpr std::string_view kSnapshot = "snapshot";
inline constexpr std::string_view kVersionId = "versionid";

// What a route captures.
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
inline constexpr const char* kContentType = "Content-Type";
inline constexpr const char* kDate = "Date";
inline constexpr const char* kEtag = "ETag";
inline constexpr const char* kLastModified = "Last-Modified";
inline constexpr const char* kServer = "Server";
inline constexpr const char* kTransferEncoding = "Transfer-Encoding";
inline constexpr const char* kWwwAuthenticate = "WWW-Authenticate";

// Headers of CORS.
inline constexpr const char* kOrigin = "Origin";
inline constexpr const char* kRequestMethod = "Access-Control-Request-Method";
inline constexpr const char* kRequestHeaders = "Access-Control-Request-Headers";
inline constexpr const char* kAllowOrigin = "Access-Control-Allow-Origin";
inline constexpr const char* kAllowMethods = "Access-Control-Allow-Methods";
inline constexpr const char* kAllowHeaders = "Access-Control-Allow-Headers";
inline constexpr const char* kAllowCredentials = "Access-Control-Allow-Credentials";
inline constexpr const char* kMaxAge = "Access-Control-Max-Age";
inline constexpr const char* kExposeHeaders = "Access-Control-Expose-Headers";

// Headers of the service.
inline constexpr std::string_view kServicePrefix = "x-ms-";
inline constexpr std::string_view kMetadataPrefix = "x-ms-meta-";
inline constexpr const char* kRequestId = "x-ms-request-id";
inline constexpr const char* kClientRequestId = "x-ms-client-request-id";
inline constexpr const char* kVersion = "x-ms-version";
inline constexpr const char* kErrorCode = "x-ms-error-code";
inline constexpr const char* kCopySource = "x-ms-copy-source";
inline constexpr const char* kBlobType = "x-ms-blob-type";
inline constexpr const char* kBlobCacheControl = "x-ms-blob-cache-control";
inline constexpr const char* kBlobContentDisposition = "x-ms-blob-content-disposition";
inline constexpr const char* kBlobContentEncoding = "x-ms-blob-content-encoding";
inline constexpr const char* kBlobContentLanguage = "x-ms-blob-content-language";
inline constexpr const char* kBlobContentMd5 = "x-ms-blob-content-md5";
inline constexpr const char* kBlobContentType = "x-ms-blob-content-type";
inline constexpr const char* kRequestServerEncrypted = "x-ms-request-server-encrypted";
inline constexpr const char* kServerEncrypted = "x-ms-server-encrypted";
inline constexpr const char* kCreationTime = "x-ms-creation-time";
inline constexpr const char* kLeaseState = "x-ms-lease-state";
inline constexpr const char* kLeaseStatus = "x-ms-lease-status";
inline constexpr const char* kAccessTier = "x-ms-access-tier";
inline constexpr const char* kAccessTierInferred = "x-ms-access-tier-inferred";
inline constexpr const char* kDeleteTypePermanent = "x-ms-delete-type-permanent";

// Values.
inline constexpr const char* kTrue = "true";
inline constexpr const char* kZero = "0";
inline constexpr const char* kBytes = "bytes";
inline constexpr const char* kBlockBlob = "BlockBlob";
inline constexpr const char* kAvailable = "available";
inline constexpr const char* kUnlocked = "unlocked";
inline constexpr const char* kHot = "Hot";
inline constexpr const char* kBearer = "Bearer resource_id=https://storage.azure.com";
inline constexpr const char* kXml = "application/xml";
inline constexpr const char* kOctetStream = "application/octet-stream";
inline constexpr const char* kServerName = "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0";

// Further members of an error.
inline constexpr const char* kHeaderName = "HeaderName";
inline constexpr const char* kHeaderValue = "HeaderValue";
inline constexpr const char* kQueryParameterName = "QueryParameterName";
inline constexpr const char* kQueryParameterValue = "QueryParameterValue";
inline constexpr const char* kMaxLimit = "MaxLimit";
inline constexpr const char* kUserSpecifiedMd5 = "UserSpecifiedMd5";
inline constexpr const char* kServerCalculatedMd5 = "ServerCalculatedMd5";

}  // namespace msc::storage::wire
