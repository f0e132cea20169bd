#pragma once

#include "emulator/control/api/control_route.h"
#include "emulator/control/engine.h"

namespace msc::control {

// /__admin/requests: the journal. Thread-safe. REQUIRES: `engine` outlives the object.
class RequestHandlers {
 public:
  explicit RequestHandlers(Engine& engine) : engine_(engine) {}

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

  // kControlNotFound.
  Result<Entry> EntryOf(const http::Request& request) const;

  Engine& engine_;
};

}  // namespace msc::control
