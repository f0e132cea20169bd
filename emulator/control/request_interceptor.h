#pragma once

#include <functional>
#include <memory>
#include <string>

#include "emulator/base/clock.h"
#include "emulator/base/log.h"
#include "emulator/control/faults/cancellable_delays.h"
#include "emulator/control/faults/fault_registry.h"
#include "emulator/control/journal/body_tap.h"
#include "emulator/control/journal/journal.h"
#include "emulator/http/router.h"

namespace msc::control {

// Stands around every product request: fires on it with a fault where one is injected, and writes
// down what became of it. Thread-safe. REQUIRES: what it is made of outlives it.
class RequestInterceptor {
 public:
  // Which video a request is about, known from its route and target; empty: none.
  using VideoFinder = std::function<std::string(std::optional<Operation>,
                                                const http::Router::Match&, const http::Request&)>;

  // The state of a video; nullopt where there is none.
  using StateFinder = std::function<std::optional<VideoState>(const std::string& video_id)>;

  // Told of each entry of the journal.
  using Listener = std::function<void(const Entry&)>;

  RequestInterceptor(const Clock& clock, FaultRegistry& faults, Journal& journal,
                     CancellableDelays& delays, VideoFinder find_video, StateFinder find_state,
                     Listener listener, Log log)
      : clock_(clock),
        faults_(faults),
        journal_(journal),
        delays_(delays),
        find_video_(std::move(find_video)),
        find_state_(std::move(find_state)),
        listener_(std::move(listener)),
        log_(std::move(log)) {}

  // The answer of `router`, or what a fault makes of it. `target`: as the client wrote it.
  http::Response Serve(http::Request& request, std::string target,
                       const http::Router& router) const noexcept;

 private:
  http::Response Watch(http::Request& request, std::string target,
                       const http::Router& router) const;
  http::Response Answer(http::Request& request, http::Router::Match match,
                        const http::Router& router, RequestRecord& record, Bodies& bodies) const;
  void Record(http::Request& request, const http::Response& response, RequestRecord record,
              Bodies bodies, BodyTap* tap) const;
  template <typename Look>
  void Try(Look look) const;

  const Clock& clock_;
  FaultRegistry& faults_;
  Journal& journal_;
  CancellableDelays& delays_;
  const VideoFinder find_video_;
  const StateFinder find_state_;
  const Listener listener_;
  const Log log_;
};

}  // namespace msc::control
