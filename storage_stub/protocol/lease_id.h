#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/http/request.h"

namespace msc::storage {

// A GUID in any form that the service takes (8-4-4-4-12 hex digits, also in braces or parentheses;
// 32 hex digits; {0x…,0x…,0x…,{0x…}}) as 8-4-4-4-12 lower-case hex digits; nullopt for other text.
// Source: "Guid Constructor (String)",
// https://learn.microsoft.com/en-us/dotnet/api/system.guid.-ctor
std::optional<std::string> ParseLeaseId(std::string_view text);

// The lease that a request names in x-ms-lease-id; empty: none. Text that is no GUID stays as it
// is: no lease has such an id. `prefix`: as in ReadConditions.
std::string ReadLeaseId(const http::Request& request, std::string_view prefix = {});

}  // namespace msc::storage
