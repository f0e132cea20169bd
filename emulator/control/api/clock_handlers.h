#pragma once

#include "emulator/control/api/control_route.h"
#include "emulator/control/engine.h"

namespace msc::control {

// GET and PUT /__admin/clock. Thread-safe. REQUIRES: `engine` outlives the object.
class ClockHandlers {
 public:
  explicit ClockHandlers(Engine& engine) : engine_(engine) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  Result<http::Response> Get(const http::Request& request) const;
  Result<http::Response> Move(const http::Request& request) const;
  http::Response Answer(const std::vector<Transition>& fired) const;

  Engine& engine_;
};

}  // namespace msc::control
