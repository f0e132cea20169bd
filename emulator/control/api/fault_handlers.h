#pragma once

#include "emulator/control/api/control_route.h"
#include "emulator/control/control_plane.h"

namespace msc::control {

// /__admin/faults. Thread-safe. REQUIRES: `control_plane` outlives the object.
class FaultHandlers {
 public:
  explicit FaultHandlers(ControlPlane& control_plane) : control_plane_(control_plane) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  using Answer = Result<http::Response>;

  Answer Add(const http::Request& request) const;
  Answer List(const http::Request& request) const;
  Answer Get(const http::Request& request) const;
  Answer Remove(const http::Request& request) const;
  Answer RemoveAll(const http::Request& request) const;
  Result<InjectedFault> Find(const http::Request& request) const;

  ControlPlane& control_plane_;
};

}  // namespace msc::control
