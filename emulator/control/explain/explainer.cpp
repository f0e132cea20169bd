#include "emulator/control/explain/explainer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/control/json/render.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"

namespace msc::control {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kDidNotMatch = "Signature did not match. String to sign used was ";
constexpr std::string_view kSignature = "sig";

http::QueryParameters QueryParametersOf(std::string_view target) {
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
bool IsAboutState(const RequestRecord& record, VideoState state) {
  const auto code = record.refusal->code.As<ErrorCode>();
  if (code) return code == ErrorCode::kVideoNotReady || code == ErrorCode::kNothingUploaded;
  // The upload URL is closed from MarkComplete on.
  const bool is_unauthorized = record.decided == 403 || record.decided == 404;
  return is_unauthorized && state != VideoState::kPending;
}

std::string ReasonOf(const RequestRecord& record) {
  if (record.refusal == nullptr) {
    return "it was not refused: " + std::to_string(record.status) + ' ' +
           std::string(http::StandardReason(record.status));
  }
  const Error& error = *record.refusal;
  if (error.detail.starts_with(kDidNotMatch)) return "the signature does not match";
  if (!error.detail.empty()) return error.detail;
  if (!error.message.empty()) return error.message;
  return std::string(http::StandardReason(record.decided));
}

}  // namespace

Json Explainer::Explain(const RequestRecord& record) const {
  Json out = {{"id", record.id}, {"status", record.status}, {"because", Json::array()}};
  if (record.fault_id) {
    out["because"].push_back("fault " + std::to_string(*record.fault_id) + " fired");
    out["faultId"] = *record.fault_id;
  }
  if (record.decided == 0) return out;
  if (!record.is_routed && record.decided == 404) {
    out["because"].push_back("no route matches " + std::string(Name(record.method)) + ' ' +
                             std::string(http::PathOf(record.target)));
    out["nearest"] = Nearest(record);
    return out;
  }
  if (record.refusal && record.refusal->code == ErrorCode::kMethodNotAllowed) {
    out["because"].push_back("the path has no " + std::string(Name(record.method)));
    out["expected"] = {{"methods", record.refusal->message}};
    return out;
  }
  out["because"].push_back(ReasonOf(record));
  if (!record.refusal) return out;
  if (record.refusal->detail.starts_with(kDidNotMatch)) {
    AddSignature(record, out);
  } else {
    AddVideo(record, out);
  }
  return out;
}

Json Explainer::Nearest(const RequestRecord& record) const {
  const auto nearest = NearestRoute(routes_, record.method, http::PathOf(record.target));
  if (!nearest) return nullptr;
  return {{"method", Name(nearest->method)}, {"path", nearest->path}};
}

void Explainer::AddSignature(const RequestRecord& record, Json& out) const {
  const auto parameters = QueryParametersOf(record.target);
  out["expected"] = {{"stringToSign", record.refusal->detail.substr(kDidNotMatch.size())}};
  const auto given = ValueOf(parameters, kSignature);
  out["received"] =
      given ? Json{{kSignature, *given}}
            : Json{{"authorization", http::Find(record.headers, "Authorization").value_or("")}};
  const auto details = videos_.Find(record.video_id);
  if (!details || !given) return;
  out["firstDifference"] =
      FirstDifference(parameters, QueryParametersOf('?' + videos_.UploadQuery(details->video)));
}

void Explainer::AddVideo(const RequestRecord& record, Json& out) const {
  const auto details = videos_.Find(record.video_id);
  if (!details || !record.video_state || !IsAboutState(record, *record.video_state)) return;
  const VideoState state = *record.video_state;
  const std::string video = "video " + record.video_id;
  auto about = out["because"].back().get<std::string>();
  if (about.starts_with(video + ": ")) {
    about.erase(0, video.size() + 2);
  } else if (about.starts_with(video)) {
    about.replace(0, video.size(), "it");
  }
  out["because"].back() = video + " is " + std::string(Name(state)) + ": " + about;
  out["expected"] = {{"next", NextSteps(*record.refusal, state)}};
  out["history"] = TransitionsJson(details->history, /*with_video=*/false);
}

}  // namespace msc::control
