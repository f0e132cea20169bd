#pragma once

#include <string_view>

#include "emulator/base/log.h"
#include "emulator/dashboard/content_policy.h"
#include "emulator/http/router.h"

namespace msc::dashboard {

// The page for people: `/`, and its files below /__dashboard/. It is nothing but files: what it
// shows and does goes through the APIs of the emulator. Thread-safe.
class DashboardService {
 public:
  // The first segment of the paths of its files.
  static constexpr std::string_view kSegment = "__dashboard";

  explicit DashboardService(PageOrigins origins, Log log = LogToStderr());

  const http::Router& router() const { return router_; }

 private:
  const http::Router router_;
};

}  // namespace msc::dashboard
