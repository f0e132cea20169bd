#include "emulator/control/request_interceptor.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "emulator/base/guid.h"
#include "emulator/control/faults/fault_injector.h"
#include "emulator/http/cors.h"
#include "emulator/playback/presentation.h"
#include "emulator/playback/proxy_handlers.h"
#include "emulator/videos/video_service.h"

namespace msc::control {
namespace {

// The operation of a request, if the route alone does not determine it.
std::optional<Operation> OperationOf(const http::Router::Match& match,
                                     const http::Request& request) {
  if (http::IsPreflight(request)) return Operation::kPreflight;
  if (match.route == nullptr) return std::nullopt;
  const auto operation = match.route->operation;
  const bool is_copy = operation == Operation::kPutBlob && request.header("x-ms-copy-source") &&
                       !request.header("x-ms-blob-type");
  return is_copy ? Operation::kCopyBlob : operation;
}

std::string CaptureOf(const http::Router::Match& match, std::string_view name) {
  for (const auto& [key, value] : match.captures) {
    if (key == name) return value;
  }
  return {};
}

// The id of the video that a request is about, by its route and target; empty: none.
std::string VideoOf(std::optional<Operation> operation, const http::Router::Match& match,
                    const http::Request& request, videos::VideoService& videos) {
  if (!operation) return {};
  if (operation == Operation::kGetKey) {
    const auto key_id = ParseGuid(request.parameter("kid").value_or(""));
    return key_id ? videos.IdOfKey(*key_id).value_or("") : "";
  }
  if (const auto id = ParseGuid(CaptureOf(match, "id"))) return *id;
  if (const auto locator = ParseGuid(CaptureOf(match, playback::kLocatorCapture))) {
    return videos.IdOfLocator(*locator).value_or("");
  }
  if (operation == Operation::kGetThumbnail || operation == Operation::kGetManifest) {
    return playback::VideoOfProxied(request, videos).value_or("");
  }
  const std::string container = CaptureOf(match, "container");
  if (container.starts_with(videos::kContainerPrefix)) {
    return videos.IdOfAsset(container.substr(videos::kContainerPrefix.size())).value_or("");
  }
  return {};
}

// Ends when the client has gone or the fault was removed. May outlive the request and the
// activation, because the response does.
CancellableDelays::Scope UntilUseless(const CancellableDelays::Scope& delays,
                                      const FaultActivation& activation,
                                      const http::Request& request) {
  return delays.Until([is_gone = request.is_client_gone, removed = activation.removed()] {
    return *removed || (is_gone && is_gone());
  });
}

// Whether other bytes, or none, are sent instead of the response.
bool IsReplaced(const http::Response& response) {
  return response.wire_fault && response.wire_fault->instead;
}

// Bytes of the response's body that are sent.
std::uint64_t BytesSent(const http::Request& request, const http::Response& response) {
  if (request.method == http::Method::kHead) return 0;
  if (response.status == 204 || response.status == 304) return 0;
  const auto whole = response.body_size();
  return response.wire_fault ? std::min(whole, response.wire_fault->body_bytes.value_or(whole))
                             : whole;
}

}  // namespace

RequestInterceptor::RequestInterceptor(ControlPlane& control_plane, const Log& log,
                                       http::Request& request, const http::Router::Match& match,
                                       std::string received)
    : control_plane_(control_plane),
      log_(log),
      request_(request),
      body_(request.body),
      record_{.is_routed = match.route != nullptr,
              .operation = OperationOf(match, request),
              .method = request.method,
              .target = std::move(received),
              .at = control_plane.clock().Now(),
              .received_at = std::chrono::steady_clock::now()},
      notes_{.wants_details = control_plane.request_log().wants_details()},
      route_(match.route == nullptr ? std::string_view() : match.route->pattern) {
  if (notes_.wants_details) sql_time_.emplace();
  Try([&] {
    record_.video_id = VideoOf(record_.operation, match, request, control_plane_.videos());
  });
  request.notes = &notes_;
  if (body_ != nullptr) request.body = &tap_.emplace(*body_);
}

RequestInterceptor::~RequestInterceptor() {
  request_.body = body_;
  request_.notes = nullptr;
}

// An error while recording must not change the response: it is logged.
template <typename Step>
void RequestInterceptor::Try(Step step) const {
  try {
    step();
  } catch (const std::exception& error) {
    log_(LogLevel::kError, std::string("a request is not recorded whole: ") + error.what());
  }
}

bool RequestInterceptor::ChooseFault() {
  delays_.emplace(control_plane_.delays().BeginScope());
  activation_ = control_plane_.faults().Choose(record_, request_.headers);
  return activation_ != nullptr;
}

http::Response RequestInterceptor::ApplyFault(const http::Router& router,
                                              const std::function<http::Response()>& answer) {
  const auto delays = UntilUseless(*delays_, *activation_, request_);
  auto response =
      FaultInjector(*activation_, control_plane_.faults(), delays, router, request_).Run(answer);
  if (activation_->has_fired()) record_.fault_id = activation_->fault_id();
  return response;
}

void RequestInterceptor::NoteAnswer(const http::Response& response) {
  record_.decided = response.status;
  record_.error = response.error;
  if (!response.video_id.empty()) record_.video_id = response.video_id;
  bodies_.response = response.body.substr(0, Journal::kBodyPrefix);
}

void RequestInterceptor::WriteJournal(const http::Response& response) {
  Try([&] {
    NoteBody();
    NoteResponse(response);
    record_.headers = std::move(request_.headers);
    if (!notes_.remark.empty()) record_.remark = std::move(notes_.remark);
    if (!notes_.advice.empty()) record_.advice = std::move(notes_.advice);
    entry_ = control_plane_.journal().Add(std::move(record_), std::move(bodies_));
  });
}

void RequestInterceptor::NoteBody() {
  if (!tap_) return;
  record_.body_size = tap_->received();
  record_.is_body_whole = tap_->is_whole();
  record_.body_sha256 = tap_->TakeSha256();
  bodies_.request = tap_->TakePrefix();
}

void RequestInterceptor::NoteResponse(const http::Response& response) {
  if (record_.error && !record_.video_id.empty()) {
    const auto state = control_plane_.videos().State(record_.video_id);
    if (state) record_.video_state = *state;
  }
  const bool is_heard = !tap_ || !tap_->is_cut();
  record_.status = is_heard ? response.status : 0;
  record_.is_answered = is_heard && !response.wire_fault;
  if (is_heard && !IsReplaced(response)) {
    record_.response_headers = PackedHeaders(response.headers);
    record_.response_size = BytesSent(request_, response);
  }
  if (bodies_.response.size() > record_.response_size) {
    bodies_.response.resize(static_cast<std::size_t>(record_.response_size));
  }
}

void RequestInterceptor::Notify() {
  if (entry_.record == nullptr) return;  // It could not be recorded.
  Try([&] {
    control_plane_.OnRequest(entry_);
    if (!sql_time_) return control_plane_.request_log().Note(*entry_.record, nullptr);
    const RequestDetails details{
        .route = route_, .string_to_sign = notes_.string_to_sign, .sql_time = sql_time_->total()};
    control_plane_.request_log().Note(*entry_.record, &details);
  });
}

}  // namespace msc::control
