#pragma once

#include <string_view>

#include "emulator/base/result.h"

namespace msc::storage {

// 3 to 63 characters, else kNameLengthOutOfRange; lower-case letters, digits and single hyphens
// inside, else kInvalidResourceName.
Status CheckContainerName(std::string_view name);

// 1 to 1,024 characters (as UTF-16 counts them) of UTF-8 without control characters, else
// kInvalidUri.
Status CheckBlobName(std::string_view name);

// Whether `text` can be the value of a header: no control characters.
bool IsHeaderText(std::string_view text);

}  // namespace msc::storage
