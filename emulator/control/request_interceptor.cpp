#include "emulator/control/request_interceptor.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include "emulator/control/faults/fault_injector.h"
#include "emulator/http/cors.h"

namespace msc::control {
namespace {

// What the route does not tell alone.
std::optional<Operation> OperationOf(const http::Router::Match& match,
                                     const http::Request& request) {
  if (http::IsPreflight(request)) return Operation::kPreflight;
  if (match.route == nullptr) return std::nullopt;
  const auto operation = match.route->operation;
  const bool is_copy = operation == Operation::kPutBlob && request.header("x-ms-copy-source") &&
                       !request.header("x-ms-blob-type");
  return is_copy ? Operation::kCopyBlob : operation;
}

// Whether something else is sent in place of the answer, or nothing.
bool IsReplaced(const http::Response& response) {
  return response.wire_fault && response.wire_fault->instead;
}

// Of the answer's body.
std::uint64_t BytesSent(const http::Request& request, const http::Response& response) {
  if (request.method == http::Method::kHead) return 0;
  if (response.status == 204 || response.status == 304) return 0;
  const auto whole = response.body_size();
  return response.wire_fault ? std::min(whole, response.wire_fault->body_bytes.value_or(whole))
                             : whole;
}

}  // namespace

http::Response RequestInterceptor::Serve(http::Request& request, std::string target,
                                         const http::Router& router) const noexcept {
  try {
    return Watch(request, std::move(target), router);
  } catch (...) {  // No memory; the routers let nothing out, and nothing else is let out here.
    return {.status = 500, .headers = {{"Content-Length", "0"}}};
  }
}

// Looking on must not change what is seen: what fails of it is logged.
template <typename Look>
void RequestInterceptor::Try(Look look) const {
  try {
    look();
  } catch (const std::exception& error) {
    log_(LogLevel::kError, std::string("a request is not recorded whole: ") + error.what());
  }
}

http::Response RequestInterceptor::Watch(http::Request& request, std::string target,
                                         const http::Router& router) const {
  auto match = router.Find(request);
  RequestRecord record{.is_routed = match.route != nullptr,
                       .operation = OperationOf(match, request),
                       .method = request.method,
                       .target = std::move(target),
                       .at = clock_.Now(),
                       .received_at = std::chrono::steady_clock::now()};
  Try([&] { record.video_id = find_video_(record.operation, match, request); });

  http::BodyReader* const body = request.body;
  request.remark = &record.remark;
  std::optional<BodyTap> tap;
  if (request.body != nullptr) request.body = &tap.emplace(*request.body);
  record.headers.swap(request.headers);  // For the choice of a fault.
  const auto delays = delays_.BeginScope();
  const auto activation = faults_.Choose(record);
  record.headers.swap(request.headers);

  http::Response response;
  Bodies bodies;
  if (activation) {
    const auto work = [&] { return Answer(request, std::move(match), router, record, bodies); };
    response = FaultInjector(*activation, faults_, delays, router, request).Run(work);
    if (activation->has_fired()) record.fault_id = activation->fault_id();
  } else {
    response = Answer(request, std::move(match), router, record, bodies);
  }
  request.body = body;
  request.remark = nullptr;
  Try([&] {
    Record(request, response, std::move(record), std::move(bodies), tap ? &*tap : nullptr);
  });
  return response;
}

http::Response RequestInterceptor::Answer(http::Request& request, http::Router::Match match,
                                          const http::Router& router, RequestRecord& record,
                                          Bodies& bodies) const {
  auto response = router.Answer(request, std::move(match));
  record.decided = response.status;
  record.error = response.error;
  if (!response.video_id.empty()) record.video_id = response.video_id;
  // Now: a fault may take it apart.
  bodies.response = response.body.substr(0, Journal::kBodyPrefix);
  return response;
}

void RequestInterceptor::Record(http::Request& request, const http::Response& response,
                                RequestRecord record, Bodies bodies, BodyTap* tap) const {
  if (tap != nullptr) {
    record.body_size = tap->received();
    record.is_body_whole = tap->is_whole();
    record.body_sha256 = tap->TakeSha256();
    bodies.request = tap->TakePrefix();
  }
  if (record.error && !record.video_id.empty()) {
    record.video_state = find_state_(record.video_id);
  }
  const bool is_heard = tap == nullptr || !tap->is_cut();
  record.status = is_heard ? response.status : 0;
  record.is_answered = is_heard && !response.wire_fault;
  record.headers = std::move(request.headers);
  if (is_heard && !IsReplaced(response)) {
    record.response_headers = PackedHeaders(response.headers);
    record.response_size = BytesSent(request, response);
  }
  if (bodies.response.size() > record.response_size) {
    bodies.response.resize(static_cast<std::size_t>(record.response_size));
  }
  listener_(journal_.Add(std::move(record), std::move(bodies)));
}

}  // namespace msc::control
