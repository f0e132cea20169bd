#pragma once

#include <string>

#include "emulator/base/log.h"
#include "emulator/control/control_plane.h"
#include "emulator/http/router.h"
#include "emulator/request_dispatcher.h"

namespace msc {

// Serves a request, from its head to its response; request_pipeline.cpp lists the steps.
// Thread-safe.
class RequestPipeline {
 public:
  // `loose`: a POST or PUT without a length counts as one with an empty body; otherwise its status
  // is 411. REQUIRES: all outlive the object.
  RequestPipeline(const RequestDispatcher& dispatcher, control::ControlPlane& control_plane,
                  bool loose, const Log& log)
      : dispatcher_(dispatcher), control_plane_(control_plane), loose_(loose), log_(log) {}

  // The response to a request on the main port.
  http::Response Serve(http::Request& request) const;

  // The same on the blob endpoint's own port.
  http::Response ServeBlobs(http::Request& request) const;

  // The same for a request that is part of a batch: it has no body, and need not say so.
  http::Response ServePart(http::Request& request) const;

 private:
  http::Response ServeControl(http::Request& request, const http::Router& router) const;
  http::Response Run(http::Request& request, std::string received, const http::Router& router,
                     bool needs_length) const noexcept;

  const RequestDispatcher& dispatcher_;
  control::ControlPlane& control_plane_;
  const bool loose_;
  const Log& log_;
};

}  // namespace msc
