#pragma once

#include <string>
#include <string_view>

#include "emulator/base/result.h"

namespace msc::storage {

// A blob, or a container where `blob` is empty. Names are decoded.
struct ResourceName {
  std::string account;
  std::string container;
  std::string blob = {};

  friend bool operator==(const ResourceName&, const ResourceName&) = default;
};

// 3 to 63 characters, else kNameLengthOutOfRange; lower-case letters, digits and single hyphens
// inside, else kInvalidResourceName.
Status CheckContainerName(std::string_view name);

// The name that the service takes from a decoded path: a backslash is a slash, dot segments resolve
// as they do in a URL but not past the container, and dots at the end are dropped.
std::string ResolveBlobName(std::string_view name);

// Percent-encoded for a path; the slashes that divide it stay.
std::string EncodeBlobName(std::string_view name);

// 1 to 1,024 characters (as UTF-16 counts them) of UTF-8 without control characters, else
// kInvalidUri.
Status CheckBlobName(std::string_view name);

}  // namespace msc::storage
