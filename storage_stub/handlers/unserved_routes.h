#pragma once

#include <vector>

#include "emulator/http/router.h"

namespace msc::storage {

// The service's operations that this endpoint does not serve, so that they are known by their own
// names. Their requests are refused before (CheckSupported). To be put before the served ones.
std::vector<http::Route> UnservedRoutes();

}  // namespace msc::storage
