#include "emulator/control/explain/explainer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/control/render.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::control {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kDidNotMatch = "Signature did not match. String to sign used was ";
constexpr std::string_view kSignature = "sig";

std::string_view PathOf(std::string_view target) { return target.substr(0, target.find('?')); }

http::QueryParameters ParametersOf(std::string_view target) {
  return http::Request{.target = std::string(target)}.parameters();
}

std::optional<std::string> ValueOf(const http::QueryParameters& parameters, std::string_view name) {
  for (const auto& [key, value] : parameters) {
    if (EqualsIgnoringCase(key, name)) return value;
  }
  return std::nullopt;
}

// The first field that differs from those of the URL that was handed out; "sig" where they are all
// the same.
std::string FirstDifference(const http::QueryParameters& received,
                            const http::QueryParameters& handed_out) {
  for (const auto& [name, value] : handed_out) {
    if (name != kSignature && ValueOf(received, name) != value) return name;
  }
  for (const auto& [name, value] : received) {
    const bool is_signed = EqualsIgnoringCase(name, "sp") || EqualsIgnoringCase(name, "sip") ||
                           EqualsIgnoringCase(name, "spr");
    if (is_signed && !ValueOf(handed_out, name)) return name;
  }
  return std::string(kSignature);
}

// What can be done about a refusal, with the video in that state.
std::vector<std::string> NextSteps(const Error& refusal, VideoState state) {
  if (refusal.code == ErrorCode::kNothingUploaded) return {"PUT <UploadUri>"};
  switch (state) {
    case VideoState::kPending:
      return {"PUT <UploadUri>", "POST /api/Videos/{id}/MarkComplete"};
    case VideoState::kProcessing:
      return {"GET /api/Videos/{id}/Status until it says Completed"};
    case VideoState::kCompleted:
      return {"GET /api/Videos/{id}/PlaybackEndpoint"};
    case VideoState::kFailed:
      return {"POST /api/Videos"};
  }
  return {};
}

// Whether another state of the video would have let the request pass.
bool IsAboutState(const Exchange& exchange, VideoState state) {
  const auto code = exchange.refusal->code.As<ErrorCode>();
  if (code) return code == ErrorCode::kVideoNotReady || code == ErrorCode::kNothingUploaded;
  // The upload URL is closed from MarkComplete on.
  const bool is_unauthorized = exchange.decided == 403 || exchange.decided == 404;
  return is_unauthorized && state != VideoState::kPending;
}

std::string ReasonOf(const Exchange& exchange) {
  if (exchange.refusal == nullptr) {
    return "it was not refused: " + std::to_string(exchange.status) + ' ' +
           std::string(http::StandardReason(exchange.status));
  }
  const Error& error = *exchange.refusal;
  if (error.detail.starts_with(kDidNotMatch)) return "the signature does not match";
  if (!error.detail.empty()) return error.detail;
  if (!error.message.empty()) return error.message;
  return std::string(http::StandardReason(exchange.decided));
}

}  // namespace

Json Explainer::Explain(const Exchange& exchange) const {
  Json out = {{"id", exchange.id}, {"status", exchange.status}, {"because", Json::array()}};
  if (exchange.fault_id) {
    out["because"].push_back("fault " + std::to_string(*exchange.fault_id) + " struck");
    out["faultId"] = *exchange.fault_id;
  }
  if (exchange.decided == 0) return out;
  if (!exchange.is_routed && exchange.decided == 404) {
    out["because"].push_back("no route matches " + std::string(Name(exchange.method)) + ' ' +
                             std::string(PathOf(exchange.target)));
    out["nearest"] = Nearest(exchange);
    return out;
  }
  if (exchange.refusal && exchange.refusal->code == ErrorCode::kMethodNotAllowed) {
    out["because"].push_back("the path has no " + std::string(Name(exchange.method)));
    out["expected"] = {{"methods", exchange.refusal->message}};
    return out;
  }
  out["because"].push_back(ReasonOf(exchange));
  if (!exchange.refusal) return out;
  if (exchange.refusal->detail.starts_with(kDidNotMatch)) {
    AddSignature(exchange, out);
  } else {
    AddVideo(exchange, out);
  }
  return out;
}

Json Explainer::Nearest(const Exchange& exchange) const {
  const auto nearest = NearestRoute(routes_, exchange.method, PathOf(exchange.target));
  if (!nearest) return nullptr;
  return {{"method", Name(nearest->method)}, {"path", nearest->path}};
}

void Explainer::AddSignature(const Exchange& exchange, Json& out) const {
  const auto parameters = ParametersOf(exchange.target);
  out["expected"] = {{"stringToSign", exchange.refusal->detail.substr(kDidNotMatch.size())}};
  const auto given = ValueOf(parameters, kSignature);
  out["received"] =
      given ? Json{{kSignature, *given}}
            : Json{{"authorization", http::Find(exchange.headers, "Authorization").value_or("")}};
  const auto details = videos_.Find(exchange.video_id);
  if (!details || !given) return;
  out["firstDifference"] =
      FirstDifference(parameters, ParametersOf('?' + videos_.UploadQuery(details->video)));
}

void Explainer::AddVideo(const Exchange& exchange, Json& out) const {
  const auto details = videos_.Find(exchange.video_id);
  if (!details || !exchange.video_state || !IsAboutState(exchange, *exchange.video_state)) return;
  const VideoState state = *exchange.video_state;
  const std::string video = "video " + exchange.video_id;
  auto about = out["because"].back().get<std::string>();
  if (about.starts_with(video + ": ")) {
    about.erase(0, video.size() + 2);
  } else if (about.starts_with(video)) {
    about.replace(0, video.size(), "it");
  }
  out["because"].back() = video + " is " + std::string(Name(state)) + ": " + about;
  out["expected"] = {{"next", NextSteps(*exchange.refusal, state)}};
  out["history"] = TransitionsJson(details->history, /*with_video=*/false);
}

}  // namespace msc::control
