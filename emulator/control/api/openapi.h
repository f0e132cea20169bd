#pragma once

#include <string>

#include "emulator/control/api/control_route.h"

namespace msc::control {

// A description of the routes in the form of OpenAPI 3.0, as JSON.
std::string OpenApi(const ControlRoutes& routes, const std::string& version);

}  // namespace msc::control
