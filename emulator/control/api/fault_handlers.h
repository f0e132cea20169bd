#pragma once

#include "emulator/control/api/control_route.h"
#include "emulator/control/engine.h"

namespace msc::control {

// /__admin/faults. Thread-safe. REQUIRES: `engine` outlives the object.
class FaultHandlers {
 public:
  explicit FaultHandlers(Engine& engine) : engine_(engine) {}

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

  Engine& engine_;
};

}  // namespace msc::control
