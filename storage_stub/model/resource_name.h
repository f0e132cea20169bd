#pragma once

#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "storage_stub/model/blob_moment.h"

namespace msc::storage {

// The name of a blob, or of a snapshot or a version of it, or of a container if `blob` is empty.
// Decoded.
struct ResourceName {
  std::string account;
  std::string container;
  std::string blob = {};
  BlobMoment moment = {};

  friend bool operator==(const ResourceName&, const ResourceName&) = default;
};

// Containers whose names are reserved. Source: "Naming and referencing containers, blobs, and
// metadata",
// https://learn.microsoft.com/en-us/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
inline constexpr std::string_view kRootContainer = "$root";  // Its blobs need no container in URLs.
inline constexpr std::string_view kWebContainer = "$web";    // The static website.
inline constexpr std::string_view kLogsContainer = "$logs";  // Made by the service; always empty.

// "account/container/blob", with "@" and its number for a snapshot or a version.
std::string PathOf(const ResourceName& name);

// kNameLengthOutOfRange unless the name has 3 to 63 characters; kInvalidResourceName unless it
// consists of lower-case letters, digits and single hyphens inside, or is a reserved one.
Status CheckContainerName(std::string_view name);

// The blob name that the service makes of a decoded path: a backslash becomes a slash, dot segments
// are resolved as in a URL but not beyond the container, and dots at the end are removed.
std::string ResolveBlobName(std::string_view name);

// kInvalidUri unless the name has 1 to 1,024 characters (counted in UTF-16), is valid UTF-8 and has
// no control characters.
Status CheckBlobName(std::string_view name);

}  // namespace msc::storage
