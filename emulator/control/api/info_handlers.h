#pragma once

#include <string>

#include "emulator/base/clock.h"
#include "emulator/control/api/control_route.h"
#include "emulator/control/control_plane.h"

namespace msc::control {

// The state of the emulator, and its events. Thread-safe. REQUIRES: `control_plane` outlives the
// object.
class InfoHandlers {
 public:
  // `config`: the options, as JSON.
  InfoHandlers(ControlPlane& control_plane, std::string version, std::string config);

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  using Answer = Result<http::Response>;

  Answer Health(const http::Request& request) const;
  Answer Ready(const http::Request& request) const;
  Answer Config(const http::Request& request) const;
  Answer Diagnostics(const http::Request& request) const;
  Answer Metrics(const http::Request& request) const;
  Answer Events(const http::Request& request) const;

  ControlPlane& control_plane_;
  const std::string version_;
  const std::string config_;
  const std::chrono::steady_clock::time_point started_;
};

}  // namespace msc::control
