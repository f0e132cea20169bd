#include "emulator/control/observer.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "emulator/control/faults/sabotage.h"

namespace msc::control {
namespace {

// What the route does not tell alone.
std::optional<Operation> OperationOf(const http::Router::Match& match,
                                     const http::Request& request) {
  if (request.method == http::Method::kOptions && request.header("Access-Control-Request-Method")) {
    return Operation::kPreflight;
  }
  if (match.route == nullptr) return std::nullopt;
  const auto operation = match.route->operation;
  const bool is_copy = operation == Operation::kPutBlob && request.header("x-ms-copy-source") &&
                       !request.header("x-ms-blob-type");
  return is_copy ? Operation::kCopyBlob : operation;
}

// The id of the video that an answer to CreateVideo tells of.
std::string CreatedVideo(const http::Response& response) {
  const auto entity = nlohmann::json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  return entity.is_object() ? entity.value("Id", std::string()) : std::string();
}

// Whether something else is sent in place of the answer, or nothing.
bool IsReplaced(const http::Response& response) {
  return response.breakage && response.breakage->instead;
}

// Of the answer's body.
std::uint64_t BytesSent(const http::Request& request, const http::Response& response) {
  if (request.method == http::Method::kHead) return 0;
  if (response.status == 204 || response.status == 304) return 0;
  const auto whole = response.body_size();
  return response.breakage ? std::min(whole, response.breakage->body_bytes.value_or(whole)) : whole;
}

}  // namespace

http::Response Observer::Serve(http::Request& request, std::string target,
                               const http::Router& router) const noexcept {
  try {
    return Watch(request, std::move(target), router);
  } catch (...) {  // No memory; the routers let nothing out, and nothing else is let out here.
    return {.status = 500, .headers = {{"Content-Length", "0"}}};
  }
}

// Looking on must not change what is seen: what fails of it is logged.
template <typename Look>
void Observer::Try(Look look) const {
  try {
    look();
  } catch (const std::exception& fault) {
    log_(LogLevel::kError, std::string("a request is not recorded whole: ") + fault.what());
  }
}

http::Response Observer::Watch(http::Request& request, std::string target,
                               const http::Router& router) const {
  auto match = router.Find(request);
  Exchange exchange{.is_routed = match.route != nullptr,
                    .operation = OperationOf(match, request),
                    .method = request.method,
                    .target = std::move(target),
                    .at = clock_.Now(),
                    .received_at = std::chrono::steady_clock::now()};
  Try([&] { exchange.video_id = find_video_(exchange.operation, match, request); });

  http::BodyReader* const body = request.body;
  request.remark = &exchange.remark;
  std::optional<BodyTap> tap;
  if (request.body != nullptr) request.body = &tap.emplace(*request.body);
  exchange.headers.swap(request.headers);  // For the choice of a fault.
  const auto pauses = pauses_.BeginRound();
  const auto strike = faults_.Choose(exchange);
  exchange.headers.swap(request.headers);

  http::Response response;
  Bodies bodies;
  if (strike) {
    const auto work = [&] { return Answer(request, std::move(match), router, exchange, bodies); };
    response = Sabotage(*strike, faults_, pauses, router, request).Run(work);
    if (strike->has_struck()) exchange.fault_id = strike->fault_id();
  } else {
    response = Answer(request, std::move(match), router, exchange, bodies);
  }
  request.body = body;
  request.remark = nullptr;
  Try([&] {
    Record(request, response, std::move(exchange), std::move(bodies), tap ? &*tap : nullptr);
  });
  return response;
}

http::Response Observer::Answer(http::Request& request, http::Router::Match match,
                                const http::Router& router, Exchange& exchange,
                                Bodies& bodies) const {
  auto response = router.Answer(request, std::move(match));
  exchange.decided = response.status;
  exchange.refusal = response.refusal;
  if (exchange.operation == Operation::kCreateVideo && response.status == 200) {
    exchange.video_id = CreatedVideo(response);
  }
  // Now: a fault may take it apart.
  bodies.response = response.body.substr(0, Journal::kBodyPrefix);
  return response;
}

void Observer::Record(http::Request& request, const http::Response& response, Exchange exchange,
                      Bodies bodies, BodyTap* tap) const {
  if (tap != nullptr) {
    exchange.body_size = tap->received();
    exchange.is_body_whole = tap->is_whole();
    exchange.body_sha256 = tap->TakeSha256();
    bodies.request = tap->TakePrefix();
  }
  if (exchange.refusal && !exchange.video_id.empty()) {
    exchange.video_state = find_state_(exchange.video_id);
  }
  const bool is_heard = tap == nullptr || !tap->is_cut();
  exchange.status = is_heard ? response.status : 0;
  exchange.is_answered = is_heard && !response.breakage;
  exchange.headers = std::move(request.headers);
  if (is_heard && !IsReplaced(response)) {
    exchange.response_headers = PackedHeaders(response.headers);
    exchange.response_size = BytesSent(request, response);
  }
  if (bodies.response.size() > exchange.response_size) {
    bodies.response.resize(static_cast<std::size_t>(exchange.response_size));
  }
  listener_(journal_.Add(std::move(exchange), std::move(bodies)));
}

}  // namespace msc::control
