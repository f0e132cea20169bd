#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "emulator/base/log.h"
#include "emulator/control/control_plane.h"
#include "emulator/control/faults/cancellable_delays.h"
#include "emulator/control/faults/fault_registry.h"
#include "emulator/control/journal/body_tap.h"
#include "emulator/control/journal/journal.h"
#include "emulator/http/router.h"

namespace msc::control {

// Stands around one product request: lets a fault that is injected fire on it, and writes down what
// became of it. To be used from one thread, in the order of RequestPipeline::Run.
class RequestInterceptor {
 public:
  // Begins the record: which operation, about which video, when. Watches the body for as long as
  // the object lives. `received`: the target as the client wrote it. REQUIRES: the references
  // outlive the object; `match` is what the router found for the request.
  RequestInterceptor(ControlPlane& control_plane, const Log& log, http::Request& request,
                     const http::Router::Match& match, std::string received);
  ~RequestInterceptor();
  RequestInterceptor(const RequestInterceptor&) = delete;
  RequestInterceptor& operator=(const RequestInterceptor&) = delete;

  // Whether a fault was chosen for the request.
  bool ChooseFault();

  // The response, or what the fault makes of it; `answer` gives the one that there is without the
  // fault. REQUIRES: ChooseFault said so.
  http::Response ApplyFault(const http::Router& router,
                            const std::function<http::Response()>& answer);

  // Takes note of the service's own response, which a fault may take apart later.
  void NoteAnswer(const http::Response& response);

  // Writes down the request, which is over, and the response as it will be sent.
  void WriteJournal(const http::Response& response);

  // Tells the control plane of what was written down.
  void Notify();

 private:
  template <typename Look>
  void Try(Look look) const;
  void NoteBody();
  void NoteResponse(const http::Response& response);

  ControlPlane& control_plane_;
  const Log& log_;
  http::Request& request_;
  http::BodyReader* const body_;
  std::optional<BodyTap> tap_;  // Absent: there is no body.
  RequestRecord record_;
  Bodies bodies_;
  std::optional<CancellableDelays::Scope> delays_;
  std::unique_ptr<FaultActivation> activation_;
  Entry entry_;
};

}  // namespace msc::control
