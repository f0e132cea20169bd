#pragma once

#include "emulator/control/api/control_route.h"
#include "emulator/control/control_plane.h"

namespace msc::control {

// /__admin/transitions/copy: how long copies of blobs are pending. Thread-safe. REQUIRES:
// `control_plane` outlives the object.
class CopyHandlers {
 public:
  explicit CopyHandlers(ControlPlane& control_plane) : control_plane_(control_plane) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  Result<http::Response> Get(const http::Request& request) const;
  Result<http::Response> Set(const http::Request& request) const;
  Result<http::Response> Remove(const http::Request& request) const;

  ControlPlane& control_plane_;
};

}  // namespace msc::control
