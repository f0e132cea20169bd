#pragma once

#include "emulator/control/api/control_route.h"
#include "emulator/control/control_plane.h"

namespace msc::control {

// /__admin/requests: the journal. Thread-safe. REQUIRES: `control_plane` outlives the object.
class RequestHandlers {
 public:
  explicit RequestHandlers(ControlPlane& control_plane) : control_plane_(control_plane) {}

  // REQUIRES: the object outlives the routes.
  ControlRoutes Routes() const;

 private:
  using Answer = Result<http::Response>;

  Answer List(const http::Request& request) const;
  Answer Clear(const http::Request& request) const;
  Answer Find(const http::Request& request) const;
  Answer Count(const http::Request& request) const;
  Answer Wait(const http::Request& request) const;
  Answer Unmatched(const http::Request& request) const;
  Answer Get(const http::Request& request) const;
  Answer Explain(const http::Request& request) const;

  // The journal's entry with the id in the path. kNotFound.
  Result<Entry> EntryOf(const http::Request& request) const;

  ControlPlane& control_plane_;
};

}  // namespace msc::control
