#pragma once

#include <vector>

#include "emulator/http/router.h"

namespace msc::storage {

// The service's operations that this endpoint does not serve, so that the journal has names for
// them. CheckSupported rejects their requests. To be put before the served routes.
std::vector<http::Route> UnservedRoutes();

}  // namespace msc::storage
