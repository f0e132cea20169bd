#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/random.h"

namespace msc {

// A random GUID (RFC 4122, version 4) as 8-4-4-4-12 lower-case hex digits.
std::string NewGuid(Random& random);

// `text` in lower case if it is a GUID as 8-4-4-4-12 hex digits of either case, else nullopt.
std::optional<std::string> ParseGuid(std::string_view text);

}  // namespace msc
