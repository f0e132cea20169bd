#pragma once

#include <string_view>

#include "emulator/http/request.h"

namespace msc::videos {

// Whether the header or a cookie x-zumo-auth holds `token`; compared in constant time.
bool IsSignedIn(const http::Request& request, std::string_view token);

}  // namespace msc::videos
