#pragma once

#include <functional>

#include "emulator/control/api/control_route.h"
#include "emulator/control/control_plane.h"

namespace msc::control {

// Reset, snapshots, the archive of the whole state, shutdown. Thread-safe. REQUIRES:
// `control_plane` outlives the object.
class StateHandlers {
 public:
  // `shutdown`: null if the control API cannot end the process.
  StateHandlers(ControlPlane& control_plane, std::function<void()> shutdown)
      : control_plane_(control_plane), shutdown_(std::move(shutdown)) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  using Answer = Result<http::Response>;

  Answer Reset(const http::Request& request) const;
  Answer ListSnapshots(const http::Request& request) const;
  Answer TakeSnapshot(const http::Request& request) const;
  Answer RestoreSnapshot(const http::Request& request) const;
  Answer DeleteSnapshot(const http::Request& request) const;
  Answer Export(const http::Request& request) const;
  Answer Import(const http::Request& request) const;
  Answer Shutdown(const http::Request& request) const;

  ControlPlane& control_plane_;
  const std::function<void()> shutdown_;
};

}  // namespace msc::control
