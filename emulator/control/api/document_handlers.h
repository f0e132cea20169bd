#pragma once

#include <functional>
#include <string>

#include "emulator/control/api/control_route.h"

namespace msc::control {

// Documents about the emulator's own interfaces: openapi.json, and the JSON Schemas of the files
// that flags take. They are made when they are asked for, so that the start does not wait for them.
class DocumentHandlers {
 public:
  // `routes`: all routes of the control API.
  DocumentHandlers(std::string version, std::function<ControlRoutes()> routes);

  // REQUIRES: the object outlives them.
  ControlRoutes Routes() const;

 private:
  Result<http::Response> GetOpenApi(const http::Request& request) const;

  const std::string version_;
  const std::function<ControlRoutes()> routes_;
};

}  // namespace msc::control
