#pragma once

#include <string>

#include "emulator/control/api/control_route.h"

namespace msc::control {

// The OpenAPI 3.1 document of the routes, as JSON: their descriptions from api/openapi/*.json, and
// the errors that every route can return. `base_url`: where they are served. Throws
// std::logic_error if the routes and the descriptions do not fit together: an operation or a
// parameter that only one of them has.
std::string OpenApi(const ControlRoutes& routes, const std::string& version,
                    const std::string& base_url);

}  // namespace msc::control
