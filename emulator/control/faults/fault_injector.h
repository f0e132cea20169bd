#pragma once

#include <functional>
#include <memory>

#include "emulator/control/faults/cancellable_delays.h"
#include "emulator/control/faults/fault_registry.h"
#include "emulator/http/router.h"

namespace msc::control {

// Applies the action of a fault to one request. REQUIRES: the references outlive the object, and
// what `delays` refers to outlives the response.
class FaultInjector {
 public:
  FaultInjector(FaultActivation& activation, FaultRegistry& registry,
                const CancellableDelays::Scope& delays, const http::Router& router,
                http::Request& request)
      : activation_(activation),
        registry_(registry),
        delays_(delays),
        router_(router),
        request_(request) {}

  // The response with the fault; `work` returns the one without it.
  http::Response Run(const std::function<http::Response()>& work);

 private:
  using Work = std::function<http::Response()>;

  http::Response Do(const AnswerStatus& action, const Work& work);
  http::Response Do(const ResetConnection& action, const Work& work);
  http::Response Do(const EmptyResponse& action, const Work& work);
  http::Response Do(const MalformedResponseChunk& action, const Work& work);
  http::Response Do(const RandomDataThenClose& action, const Work& work);
  http::Response Do(const TruncateBody& action, const Work& work);
  http::Response Do(const CorruptBody& action, const Work& work);
  http::Response Do(const FixedDelay& action, const Work& work);
  http::Response Do(const LognormalDelay& action, const Work& work);
  http::Response Do(const UniformDelay& action, const Work& work);
  http::Response Do(const ChunkedDribble& action, const Work& work);
  http::Response Do(const Bandwidth& action, const Work& work);
  http::Response Do(const WrongKey& action, const Work& work);
  http::Response Do(const ShortKey& action, const Work& work);
  http::Response Do(const ExpiredToken& action, const Work& work);
  http::Response Do(const WrongIv& action, const Work& work);

  // Lets the handler make the fault.
  http::Response ByHandler(http::HandlerFault::Kind kind, const Work& work);

  // Replaces the response; whether `work` is done first depends on the phase.
  http::Response Instead(int status, std::string bytes, bool reset, const Work& work);

  http::Response CutRequest(std::uint64_t at, bool reset, const Work& work);
  http::Response Delay(std::chrono::nanoseconds time, const Work& work);
  std::uint64_t BodySize(const http::Response& response) const;

  FaultActivation& activation_;
  FaultRegistry& registry_;
  CancellableDelays::Scope delays_;
  const http::Router& router_;
  http::Request& request_;
};

}  // namespace msc::control
