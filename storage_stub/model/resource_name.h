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

// 1 to 1,024 characters (as UTF-16 counts them) of UTF-8 without control characters, else
// kInvalidUri.
Status CheckBlobName(std::string_view name);

}  // namespace msc::storage
