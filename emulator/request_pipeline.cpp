// The steps of a request, in order. Serve and Run call the numbered ones; those with `-` happen
// before, in or after them.
//
//    - head            http/connection.cpp, http/head.cpp: parsed; the body stays in the socket
//    1 dispatch        request_dispatcher.cpp: the subject that answers
//    2 route           http/router.cpp, Find: the matching line of the subject's route table
//    3 interception    control/request_interceptor.cpp: begins the record: operation, video, time
//    4 fault           control/faults/fault_registry.cpp, Choose: the injected fault that fires
//    5 response        http/length_required.cpp, if the request has no length;
//                      else http/router.cpp, Answer:
//        - on_request    the subject's ResponseHooks: a preflight, a missing sign-in
//        - authorization storage_stub/access/: called by the handler
//        - handler       videos/video_handlers.cpp, keys/delivery.cpp, storage_stub/handlers/
//        - render_error  if the handler returned an error
//        - on_response   the headers that all responses of the subject have
//    6 fault, applied  control/faults/fault_injector.cpp: around step 5, if one was chosen
//    - isolation       page_isolation.cpp: a blob that a browser opens as a page
//    7 journal         control/journal/journal.cpp
//    8 notify          control/control_plane.cpp, OnRequest: counters, events, diagnostics;
//                      control/request_log.cpp: its line of the log
//    - sending         http/connection.cpp: sends the response, with the fault if there is one

#include "emulator/request_pipeline.h"

#include <utility>

#include "emulator/control/api/problem.h"
#include "emulator/control/request_interceptor.h"
#include "emulator/http/length_required.h"
#include "emulator/page_isolation.h"

namespace msc {

http::Response RequestPipeline::Serve(http::Request& request) const {
  std::string received = request.target;
  const http::Router& router = dispatcher_.Choose(request);
  // Requests of the control API and for the page are not recorded, and faults do not apply to them.
  if (dispatcher_.IsControl(router)) return ServeControl(request, router);
  if (dispatcher_.IsDashboard(router)) return router.Dispatch(request);
  return Run(request, std::move(received), router, !loose_);
}

http::Response RequestPipeline::ServeControl(http::Request& request,
                                             const http::Router& router) const {
  auto response = router.Dispatch(request);
  if (response.error) {
    control_plane_.request_log().NoteControl(request, response.status, response.error->message,
                                             control::HintOf(*response.error));
  }
  return response;
}

http::Response RequestPipeline::ServeBlobs(http::Request& request) const {
  std::string received = request.target;
  const http::Router& router = dispatcher_.ChooseBlobs(request);
  return Run(request, std::move(received), router, !loose_);
}

http::Response RequestPipeline::ServePart(http::Request& request) const {
  std::string received = request.target;
  const http::Router& router = dispatcher_.ChooseBlobs(request);
  return Run(request, std::move(received), router, false);
}

http::Response RequestPipeline::Run(http::Request& request, std::string received,
                                    const http::Router& router, bool needs_length) const noexcept {
  try {
    auto match = router.Find(request);
    control::RequestInterceptor interceptor(control_plane_, log_, request, match,
                                            std::move(received));
    const bool has_fault = interceptor.ChooseFault();
    const auto answer = [&] {
      http::Response response = needs_length && http::LacksLength(request)
                                    ? http::LengthRequiredAnswer(control_plane_.clock().Now())
                                    : router.Answer(request, std::move(match));
      interceptor.NoteAnswer(response);
      return response;
    };
    http::Response response = has_fault ? interceptor.ApplyFault(router, answer) : answer();
    if (dispatcher_.IsBesideControl(router)) IsolatePage(request, response);
    interceptor.WriteJournal(response);
    interceptor.Notify();
    return response;
  } catch (...) {  // Out of memory; the router itself throws nothing.
    return {.status = 500, .headers = {{"Content-Length", "0"}}};
  }
}

}  // namespace msc
