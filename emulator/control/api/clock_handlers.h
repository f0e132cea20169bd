#pragma once

#include "emulator/control/api/control_route.h"
#include "emulator/control/control_plane.h"

namespace msc::control {

// GET and PUT /__admin/clock. Thread-safe. REQUIRES: `control_plane` outlives the object.
class ClockHandlers {
 public:
  explicit ClockHandlers(ControlPlane& control_plane) : control_plane_(control_plane) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  Result<http::Response> Get(const http::Request& request) const;
  Result<http::Response> MoveClock(const http::Request& request) const;
  http::Response Answer(const std::vector<Transition>& fired) const;

  ControlPlane& control_plane_;
};

}  // namespace msc::control
