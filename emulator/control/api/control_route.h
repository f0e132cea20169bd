#pragma once

#include <string_view>
#include <vector>

#include "emulator/http/router.h"

namespace msc::control {

// A route, and the name of its description in api/openapi/*.json.
struct ControlRoute {
  http::Method method;
  std::string_view pattern;
  http::Handler handler;
  std::string_view operation_id;
  std::uint64_t body_limit = http::kJsonBodyLimit;

  // Query parameters that it knows; others are rejected.
  std::vector<std::string_view> parameters = {};

  // As http::Route::may_wait.
  bool may_wait = false;
};

// A route whose handler may take long.
inline ControlRoute MayWait(ControlRoute route) {
  route.may_wait = true;
  return route;
}

using ControlRoutes = std::vector<ControlRoute>;

}  // namespace msc::control
