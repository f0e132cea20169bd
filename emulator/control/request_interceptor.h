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
#include "emulator/sqlite/sql_time.h"

namespace msc::control {

// Accompanies one request that is not for the control API: applies an injected fault and records
// the request. To be used from one thread, in the order of RequestPipeline::Run.
class RequestInterceptor {
 public:
  // Begins the record: operation, video, time. Watches the body until the object is destroyed.
  // `received`: the target as the client sent it. REQUIRES: the references outlive the object;
  // `match` is what the router found for the request.
  RequestInterceptor(ControlPlane& control_plane, const Log& log, http::Request& request,
                     const http::Router::Match& match, std::string received);
  ~RequestInterceptor();
  RequestInterceptor(const RequestInterceptor&) = delete;
  RequestInterceptor& operator=(const RequestInterceptor&) = delete;

  // Chooses a fault for the request; false if there is none.
  bool ChooseFault();

  // The response as the fault changes it; `answer` returns the one without the fault. REQUIRES:
  // ChooseFault returned true.
  http::Response ApplyFault(const http::Router& router,
                            const std::function<http::Response()>& answer);

  // Records the service's own response, which a fault may change later.
  void NoteAnswer(const http::Response& response);

  // Writes the request to the journal, with the response that will be sent.
  void WriteJournal(const http::Response& response);

  // Reports the journal's entry to the control plane and the log.
  void Notify();

 private:
  template <typename Step>
  void Try(Step step) const;
  void NoteBody();
  void NoteResponse(const http::Response& response);

  ControlPlane& control_plane_;
  const Log& log_;
  http::Request& request_;
  http::BodyReader* const body_;
  std::optional<BodyTap> tap_;  // Absent: there is no body.
  RequestRecord record_;
  http::RequestNotes notes_;
  const std::string_view route_;             // Empty: none matched.
  std::optional<sqlite::SqlTime> sql_time_;  // Absent: it is not logged.
  Bodies bodies_;
  std::optional<CancellableDelays::Scope> delays_;
  std::unique_ptr<FaultActivation> activation_;
  Entry entry_;
};

}  // namespace msc::control
