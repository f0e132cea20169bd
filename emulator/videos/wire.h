#pragma once

#include <string_view>

// Names and constants of the Videos API on the wire. Source: fixtures/wire/README.md.
namespace msc::videos::wire {

// Members of a Video.
inline constexpr std::string_view kId = "Id";
inline constexpr std::string_view kUploadUri = "UploadUri";
inline constexpr std::string_view kContentProtectionMode = "ContentProtectionMode";
inline constexpr std::string_view kContentProtectionKeyId = "ContentProtectionKeyId";
inline constexpr std::string_view kDuration = "Duration";
inline constexpr std::string_view kOriginalFileName = "OriginalFileName";
inline constexpr std::string_view kInputStorageEncryptionMode = "InputStorageEncryptionMode";
inline constexpr std::string_view kInputStorageEncryptionSymmetricKey =
    "InputStorageEncryptionSymmetricKey";
inline constexpr std::string_view kInputStorageEncryptionIv = "InputStorageEncryptionIv";

inline constexpr std::string_view kNone = "None";
inline constexpr std::string_view kAes128 = "AES128";
inline constexpr std::string_view kAes256 = "AES256";

// Members of other responses.
inline constexpr std::string_view kStatusCode = "StatusCode";
inline constexpr std::string_view kStatus = "Status";
inline constexpr std::string_view kMessage = "Message";
inline constexpr std::string_view kValue = "value";
inline constexpr std::string_view kExtension = "Extension";
inline constexpr std::string_view kMimeType = "MimeType";
inline constexpr std::string_view kKind = "Kind";
inline constexpr std::string_view kHeight = "Height";
inline constexpr std::string_view kIndex = "Index";
inline constexpr std::string_view kTime = "Time";
inline constexpr std::string_view kUrl = "Url";
inline constexpr std::string_view kType = "Type";
inline constexpr std::string_view kPlaybackUrl = "PlaybackUrl";

// Query parameters.
inline constexpr std::string_view kKeyIdParameter = "KeyId";
inline constexpr std::string_view kEndpointTypeParameter = "endpointType";

// Names of captured segments of a route.
inline constexpr std::string_view kIdCapture = "id";

inline constexpr std::string_view kVideosPath = "/api/Videos";

// Header names that are used outside the layout, too.
inline constexpr std::string_view kClientRequestId = "client-request-id";
inline constexpr std::string_view kSignIn = "x-zumo-auth";  // Of a header and of a cookie.

inline constexpr std::string_view kJsonType = "application/json; charset=utf-8";
inline constexpr std::string_view kHtmlType = "text/html; charset=Windows-1252";

// The reason phrase and the message of the response to a body that is not a Video.
inline constexpr std::string_view kUnreadable =
    "Unable to deserialize JSON into Video object. You must minimally specify OriginalFileName "
    "field. FileName doesn't matter but you must provide CORRECT extension.";

}  // namespace msc::videos::wire
