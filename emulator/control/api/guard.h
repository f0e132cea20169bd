#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::control {

// Who may use the control API.
struct GuardOptions {
  // Host names that are allowed besides local ones.
  std::vector<std::string> hosts = {};

  // The bearer token that a request must have; empty: none.
  std::string token = {};
};

// Protects the control API from pages of other origins and from foreign host names that resolve to
// this machine.
class Guard {
 public:
  explicit Guard(GuardOptions options) : options_(std::move(options)) {}

  // kHostForbidden unless Host is local or listed; kOriginForbidden if the request comes from a
  // page of another origin; kMediaTypeUnsupported for a POST or PUT that is not application/json;
  // kAdminTokenRefused.
  Status Check(const http::Request& request) const;

 private:
  bool IsAllowedHost(const std::string& host) const;

  GuardOptions options_;
};

}  // namespace msc::control
