#include "emulator/control/explain/explainer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/control/json/render.h"
#include "emulator/http/http_error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "emulator/keys/key_error.h"
#include "emulator/videos/video_error.h"

namespace msc::control {
namespace {

using Json = nlohmann::ordered_json;

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

// The first parameter that differs from those of the URL that was handed out; "sig" if all are
// equal.
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

// What the client can do about an error, if the video is in that state.
std::vector<std::string> NextSteps(const Error& error, VideoState state) {
  if (error.code == videos::VideoError::kNothingUploaded) return {"PUT <UploadUri>"};
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

// Whether the request would have succeeded in another state of the video.
bool IsAboutState(const RequestRecord& record, VideoState state) {
  const Error& error = *record.error;
  if (error.fact<StateConflict>()) return true;
  const bool is_storage = !error.code.As<http::HttpError>() &&
                          !error.code.As<videos::VideoError>() && !error.code.As<keys::KeyError>();
  // MarkComplete deletes the policy of the upload URL.
  const bool is_unauthorized = record.decided == 403 || record.decided == 404;
  return is_storage && is_unauthorized && state != VideoState::kPending;
}

// {"<name>": value}; null if the request has no such field.
Json Received(const RequestField& field) {
  return {{ToLower(field.name), field.value ? Json(*field.value) : Json()}};
}

std::string ReasonOf(const RequestRecord& record) {
  if (record.error == nullptr) {
    return "it was not refused: " + std::to_string(record.status) + ' ' +
           std::string(http::StandardReason(record.status));
  }
  const Error& error = *record.error;
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
                             std::string(record.path()));
    out["nearest"] = Nearest(record);
    return out;
  }
  if (record.error && record.error->code == http::HttpError::kMethodNotAllowed) {
    out["because"].push_back("the path has no " + std::string(Name(record.method)));
    out["expected"] = {{"methods", http::AllowValue(*record.error)}};
    return out;
  }
  out["because"].push_back(ReasonOf(record));
  if (!record.error) return out;
  if (const auto* field = record.error->fact<RequestField>()) out["received"] = Received(*field);
  if (const auto* mismatch = record.error->fact<SignatureMismatch>()) {
    AddSignature(record, *mismatch, out);
  } else if (const auto* credential = record.error->fact<CredentialMismatch>()) {
    out["received"] = Received(credential->field);
    out["expected"] = {{ToLower(credential->field.name), credential->expected}};
  } else {
    AddVideo(record, out);
  }
  return out;
}

Json Explainer::Nearest(const RequestRecord& record) const {
  const auto nearest = NearestRoute(routes_, record.method, record.path());
  if (!nearest) return nullptr;
  return {{"method", Name(nearest->method)}, {"path", nearest->path}};
}

void Explainer::AddSignature(const RequestRecord& record, const SignatureMismatch& mismatch,
                             Json& out) const {
  out["expected"] = {{"stringToSign", mismatch.string_to_sign}};
  out["received"] = Received(mismatch.field);
  const auto details = videos_.Find(record.video_id);
  if (!details || mismatch.field.place != RequestField::Place::kQuery) return;
  out["firstDifference"] =
      FirstDifference(QueryParametersOf(record.target),
                      QueryParametersOf('?' + videos_.UploadQuery(details->video)));
}

void Explainer::AddVideo(const RequestRecord& record, Json& out) const {
  const auto details = videos_.Find(record.video_id);
  if (!details || !record.video_state || !IsAboutState(record, *record.video_state)) return;
  const VideoState state = *record.video_state;
  const auto* conflict = record.error->fact<StateConflict>();
  out["because"].back() = "video " + record.video_id + " is " + std::string(Name(state)) + ": " +
                          (conflict ? conflict->problem : ReasonOf(record));
  out["expected"] = {{"next", NextSteps(*record.error, state)}};
  out["history"] = TransitionsJson(details->history, /*with_video=*/false);
}

}  // namespace msc::control
