#pragma once

#include <string>

#include "emulator/control/api/control_route.h"

namespace msc::control {

// An OpenAPI 3.0 description of the routes, as JSON.
std::string OpenApi(const ControlRoutes& routes, const std::string& version);

}  // namespace msc::control
