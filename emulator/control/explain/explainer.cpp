#include "emulator/control/explain/explainer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "emulator/base/text.h"
#include "emulator/control/explain/advice.h"
#include "emulator/control/json/render.h"
#include "emulator/http/cors.h"
#include "emulator/http/http_error.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "emulator/keys/key_error.h"
#include "emulator/playback/playback_error.h"
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

std::string InOrder(const std::vector<std::string>& steps) {
  std::string text;
  for (const auto& step : steps) text.append(text.empty() ? "" : ", then ").append(step);
  return text;
}

// Whether the blob endpoint rejected the request because MarkComplete deleted the policy of the
// upload URL.
bool IsUploadClosed(const RequestRecord& record, VideoState state) {
  const ErrorCode code = record.error->code;
  const bool is_storage = !code.As<http::HttpError>() && !code.As<videos::VideoError>() &&
                          !code.As<keys::KeyError>() && !code.As<playback::PlaybackError>();
  const bool is_unauthorized = record.decided == 403 || record.decided == 404;
  return is_storage && is_unauthorized && state != VideoState::kPending;
}

// Whether the request would have succeeded in another state of the video.
bool IsAboutState(const RequestRecord& record, VideoState state) {
  return record.error->fact<StateConflict>() || IsUploadClosed(record, state);
}

// {"<name>": value}; null if the request has no such field.
Json Received(const RequestField& field) {
  return {{ToLower(field.name), field.value ? Json(*field.value) : Json()}};
}

std::string ReasonOf(const RequestRecord& record) {
  if (!record.error) {
    return "it was not refused: " + std::to_string(record.status) + ' ' +
           std::string(http::StandardReason(record.status));
  }
  const Error& error = *record.error;
  if (!error.message.empty()) return error.message;
  return std::string(http::StandardReason(record.decided));
}

std::string_view OriginOf(const RequestRecord& record) {
  return http::Find(record.headers, http::kOrigin).value_or("");
}

std::string OriginHint(const RequestRecord& record) {
  return "start the emulator with --cors-origins local," + std::string(OriginOf(record)) +
         " (EmulatorOptions::cors_origins); rules that were set by Set Blob Service Properties "
         "count instead at the blob endpoint";
}

std::string InOneLine(const Json& texts) {
  std::string joined;
  for (const auto& text : texts) {
    joined += (joined.empty() ? "" : "; ") + text.get<std::string>();
  }
  return joined;
}

}  // namespace

bool IsHiddenFromPage(const RequestRecord& record) {
  const auto origin = OriginOf(record);
  if (origin.empty() || record.operation == Operation::kPreflight || !record.is_answered) {
    return false;
  }
  if (const auto host = http::Find(record.headers, "Host");
      host && origin.ends_with("://" + std::string(*host))) {
    return false;  // The page is of the emulator's own origin.
  }
  return !http::Find(record.response_headers.Unpack(), http::kAllowOrigin);
}

Json Explainer::Explain(const RequestRecord& record) const {
  Json out = {{"id", record.id}, {"status", record.status}, {"because", Json::array()}};
  Describe(record, out);
  return out;
}

Reason Explainer::ReasonFor(const RequestRecord& record) const {
  const Json explained = Explain(record);
  return {InOneLine(explained.at("because")), explained.value("hint", "")};
}

void Explainer::Describe(const RequestRecord& record, Json& out) const {
  if (record.fault_id) {
    out["because"].push_back("fault " + std::to_string(*record.fault_id) + " fired");
    out["faultId"] = *record.fault_id;
  }
  if (record.decided == 0) return;
  const bool is_unmatched = record.error ? record.error->code == http::HttpError::kRouteNotFound
                                         : !record.is_routed && record.decided == 404;
  if (is_unmatched) return AddRoute(record, out);
  if (record.error && record.error->code == http::HttpError::kMethodNotAllowed) {
    const std::string methods = http::AllowValue(*record.error);
    out["because"].push_back("the path has no " + std::string(record.method_name()));
    out["expected"] = {{"methods", methods}};
    out["hint"] = "its methods are " + methods;
    return;
  }
  if (record.error) return AddError(record, out);
  if (IsHiddenFromPage(record)) {
    out["because"].push_back("a page of " + std::string(OriginOf(record)) +
                             " cannot read the response: it has no Access-Control-Allow-Origin");
    out["hint"] = OriginHint(record);
  } else if (!record.advice.empty()) {
    out["because"].push_back(record.advice);
  } else {
    out["because"].push_back(ReasonOf(record));
  }
}

void Explainer::AddRoute(const RequestRecord& record, Json& out) const {
  out["because"].push_back("no route matches " + std::string(record.method_name()) + ' ' +
                           std::string(record.path()));
  const Json nearest = Nearest(record);
  out["nearest"] = nearest;
  if (!nearest.is_object()) {
    out["hint"] = "paths begin with /api/, /<account>/, /<locator>/ or /keydelivery";
  } else if (nearest.at("path") == record.path() && nearest.at("method") == record.method_name()) {
    out["hint"] = "another port serves it: compare url and blobUrl of the ready line";
  } else {
    out["hint"] = "the nearest is " + nearest.at("method").get<std::string>() + ' ' +
                  nearest.at("path").get<std::string>();
  }
}

void Explainer::AddError(const RequestRecord& record, Json& out) const {
  out["because"].push_back(ReasonOf(record));
  if (const auto* field = record.error->fact<RequestField>()) out["received"] = Received(*field);
  if (auto hint = HintFor(record); !hint.empty()) out["hint"] = std::move(hint);
  if (const auto* mismatch = record.error->fact<SignatureMismatch>()) {
    AddSignature(record, *mismatch, out);
  } else if (const auto* credential = record.error->fact<CredentialMismatch>()) {
    out["received"] = Received(credential->field);
    out["expected"] = {{ToLower(credential->field.name), credential->expected}};
    out["hint"] = ToLower(credential->field.name) + " must be " + credential->expected;
  } else {
    AddVideo(record, out);
  }
}

std::string Explainer::HintFor(const RequestRecord& record) const {
  const Error& error = *record.error;
  if (error.code == videos::VideoError::kKeyNotFound) return KeyHint(record);
  if (record.operation == Operation::kPreflight) return OriginHint(record);
  if (auto advice = AdviceFor(error); !advice.empty()) return advice;
  if (error.fact<TimeFrame>()) {
    return "create another video for a new upload URL, or move the clock: PUT /__admin/clock";
  }
  return {};
}

std::string Explainer::KeyHint(const RequestRecord& record) const {
  const auto details = videos_.Find(record.video_id);
  if (details && details->video.key_id) return "its KeyId is " + *details->video.key_id;
  return R"(it has no key: create it with "ContentProtectionMode":"AES128")";
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
  out["hint"] = "sign the string in expected.stringToSign with a key of the account";
  const auto details = videos_.Find(record.video_id);
  if (!details || mismatch.field.place != RequestField::Place::kQuery) return;
  const std::string difference =
      FirstDifference(QueryParametersOf(record.target),
                      QueryParametersOf('?' + videos_.UploadQuery(details->video)));
  out["firstDifference"] = difference;
  out["hint"] = "use the UploadUri unchanged: " + difference + " is not the one that it has";
}

void Explainer::AddVideo(const RequestRecord& record, Json& out) const {
  const auto details = videos_.Find(record.video_id);
  if (!details || !record.video_state || !IsAboutState(record, *record.video_state)) return;
  const VideoState state = *record.video_state;
  const auto* conflict = record.error->fact<StateConflict>();
  out["because"].back() = "video " + record.video_id + " is " + std::string(Name(state)) + ": " +
                          (conflict ? conflict->problem : ReasonOf(record));
  const auto next = NextSteps(*record.error, state);
  out["expected"] = {{"next", next}};
  out["hint"] =
      record.method == http::Method::kPut && IsUploadClosed(record, state)
          ? "MarkComplete closes the upload URL: upload before it, or create another video"
          : "next: " + InOrder(next);
  out["history"] = TransitionsJson(details->history, /*with_video=*/false);
}

}  // namespace msc::control
