#pragma once

#include <chrono>

#include "emulator/control/api/control_route.h"
#include "emulator/control/control_plane.h"

namespace msc::control {

// /__admin/transitions/video: the default program. Thread-safe. REQUIRES: `control_plane` outlives
// the object.
class ProgramHandlers {
 public:
  // `processing_time`: used if no default program is set.
  ProgramHandlers(ControlPlane& control_plane, std::chrono::milliseconds processing_time)
      : control_plane_(control_plane), processing_time_(processing_time) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  Result<http::Response> Get(const http::Request& request) const;
  Result<http::Response> Set(const http::Request& request) const;
  Result<http::Response> Remove(const http::Request& request) const;

  ControlPlane& control_plane_;
  const std::chrono::milliseconds processing_time_;
};

}  // namespace msc::control
