#pragma once

#include <string>
#include <string_view>

#include "emulator/http/request.h"

// Versions of the service. They are dates and are compared as text.
namespace msc::storage {

// The versions that introduced a feature.
inline constexpr std::string_view kOldestSas = "2012-02-12";
inline constexpr std::string_view kResponseOverrides = "2013-08-15";
inline constexpr std::string_view kServiceInResource = "2015-02-21";
inline constexpr std::string_view kAddressAndProtocol = "2015-04-05";
inline constexpr std::string_view kEncryptionAtRest = "2015-12-11";
inline constexpr std::string_view kLargeBodies = "2016-05-31";
inline constexpr std::string_view kTokens = "2017-11-09";
inline constexpr std::string_view kResourceAndSnapshot = "2018-11-09";
inline constexpr std::string_view kCrc64 = "2019-02-02";
inline constexpr std::string_view kHierarchicalNamespace = "2019-07-07";
inline constexpr std::string_view kHugeBodies = "2019-12-12";
inline constexpr std::string_view kBearerChallenge = "2019-12-12";
inline constexpr std::string_view kBlobVersions = "2019-12-12";
inline constexpr std::string_view kDelegatedObjects = "2020-02-10";
inline constexpr std::string_view kTagsOfFoundBlobs = "2020-04-08";
inline constexpr std::string_view kColdTier = "2021-12-02";
inline constexpr std::string_view kLargeAppends = "2022-11-02";
inline constexpr std::string_view kEncryptionScope = "2020-12-06";
inline constexpr std::string_view kDelegatedUsers = "2025-07-05";
inline constexpr std::string_view kSignedRequestFields = "2026-04-06";

// Whether `text` has the form of a version, known to us or not.
bool IsVersion(std::string_view text);

// Whether responses under `version` (empty: the newest) contain checksums by CRC-64.
inline bool TellsCrc64(std::string_view version) { return version.empty() || version >= kCrc64; }

// The version of a request: the `sv` of a shared access signature, if that is not overridden by an
// Authorization header; else the x-ms-version header, else empty.
std::string RequestedVersion(const http::Request& request);

// The version in the response to a request.
std::string AnsweredVersion(const http::Request& request);

}  // namespace msc::storage
