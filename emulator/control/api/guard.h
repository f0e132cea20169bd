#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/request.h"

namespace msc::control {

// Who may use the control API.
struct GuardOptions {
  // Host names that count besides local ones.
  std::vector<std::string> hosts = {};

  // Bearer token to present; empty: none.
  std::string token = {};
};

// Keeps pages of other origins, and names that were made to point here, away from the control API.
class Guard {
 public:
  explicit Guard(GuardOptions options) : options_(std::move(options)) {}

  // kHostForbidden unless Host is local or listed; kOriginForbidden where a page of another origin
  // asks; kMediaTypeUnsupported for a POST or PUT that is not application/json; kAdminTokenRefused.
  Status Check(const http::Request& request) const;

 private:
  bool IsAllowedHost(const std::string& host) const;

  GuardOptions options_;
};

}  // namespace msc::control
