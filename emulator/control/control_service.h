#pragma once

#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/control/guard.h"
#include "emulator/http/router.h"

namespace msc::control {

// The control API under /__admin: how the emulator is, for those who wait for it. Thread-safe.
class ControlService {
 public:
  // REQUIRES: `clock` outlives the object.
  ControlService(GuardOptions guard, std::string version, const Clock& clock,
                 Log log = LogToStderr());

  // Everything below /__admin. REQUIRES: the service outlives it.
  const http::Router& router() const { return router_; }

 private:
  Result<http::Response> Health(const http::Request& request) const;
  Result<http::Response> Ready(const http::Request& request) const;

  const Guard guard_;
  const std::string version_;
  const Clock& clock_;
  const Time started_;
  const http::Router router_;
};

}  // namespace msc::control
