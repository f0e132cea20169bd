#include "emulator/control/json/render.h"

#include <optional>
#include <stdexcept>
#include <utility>

#include "emulator/base/crypto.h"
#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/base/time_format.h"

namespace msc::control {
namespace {

Json OrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json OperationJson(const RequestRecord& record) {
  return record.operation ? Json(Name(*record.operation)) : Json(nullptr);
}

// A header that occurs more than once becomes an array.
Json HeadersJson(const http::Headers& headers) {
  Json json = Json::object();
  for (const auto& [name, value] : headers) {
    Json& member = json[name];
    if (member.is_null()) {
      member = value;
    } else {
      if (!member.is_array()) member = Json::array({member});
      member.push_back(value);
    }
  }
  return json;
}

std::string Sha256Of(const Entry& entry) {
  if (!entry.record->body_sha256.empty()) return HexEncode(entry.record->body_sha256);
  const bool is_whole = entry.bodies && entry.record->is_body_whole &&
                        entry.bodies->request.size() == entry.record->body_size;
  return is_whole ? HexEncode(Sha256(entry.bodies->request)) : "";
}

void AddBody(const std::string& body, Json& json) {
  if (body.empty()) return;
  if (IsUtf8(body)) {
    json["body"] = body;
  } else {
    json["bodyAsBase64"] = Base64Encode(body);
  }
}

std::string_view NameOf(MediaInfo::State state) {
  switch (state) {
    case MediaInfo::State::kNone:
      return "none";
    case MediaInfo::State::kWorking:
      return "working";
    case MediaInfo::State::kReady:
      return "ready";
  }
  throw std::logic_error("MediaInfo::State out of range");
}

Json TracksJson(const std::vector<MediaTrack>& tracks) {
  Json json = Json::array();
  for (const auto& track : tracks) {
    Json row = {{"name", track.name}, {"codecs", track.codecs}, {"bitrate", track.bitrate}};
    if (track.width > 0) {
      row["width"] = track.width;
      row["height"] = track.height;
    } else {
      row["language"] = track.language;
    }
    json.push_back(std::move(row));
  }
  return json;
}

std::vector<std::pair<std::string, std::string>> Pairs(const http::Headers& headers) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [name, value] : headers) pairs.emplace_back(name, value);
  return pairs;
}

}  // namespace

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json TransitionsJson(const std::vector<Transition>& transitions, bool with_video) {
  Json json = Json::array();
  for (const auto& change : transitions) {
    Json row = {{"at", FormatMillis(change.at)}};
    if (with_video) row["videoId"] = change.video_id;
    row["from"] = Name(change.from);
    row["to"] = Name(change.to);
    json.push_back(std::move(row));
  }
  return json;
}

Json PendingJson(const std::vector<Transition>& transitions) {
  Json json = TransitionsJson(transitions);
  for (auto& row : json) row.erase("from");
  return json;
}

Json DiagnosticJson(const Diagnostic& diagnostic) {
  return {{"code", Name(diagnostic.code)},
          {"videoId", diagnostic.video_id},
          {"message", diagnostic.message},
          {"firstAt", FormatMillis(diagnostic.first_at)},
          {"count", diagnostic.count}};
}

Json DiagnosticsJson(const std::vector<Diagnostic>& diagnostics) {
  Json json = Json::array();
  for (const auto& diagnostic : diagnostics) json.push_back(DiagnosticJson(diagnostic));
  return json;
}

Json RequestJson(const Entry& entry) {
  const RequestRecord& record = *entry.record;
  Json request = {{"method", record.method_name()},
                  {"url", record.target},
                  {"headers", HeadersJson(record.headers)},
                  {"bodySize", record.body_size},
                  {"bodySha256", OrNull(Sha256Of(entry))},
                  {"loggedDate", record.at.time_since_epoch().count()},
                  {"loggedDateString", FormatMillis(record.at)}};
  Json response = {{"status", record.status},
                   {"headers", HeadersJson(record.response_headers.Unpack())},
                   {"bodySize", record.response_size}};
  return {{"id", record.id},
          {"operation", OperationJson(record)},
          {"videoId", OrNull(record.video_id)},
          {"request", std::move(request)},
          {"response", std::move(response)},
          {"faultId", OrNull(record.fault_id)}};
}

Json WholeRequestJson(const Entry& entry) {
  Json json = RequestJson(entry);
  if (entry.bodies) {
    AddBody(entry.bodies->request, json["request"]);
    AddBody(entry.bodies->response, json["response"]);
  }
  return json;
}

Json RequestsJson(const std::vector<Entry>& entries, std::size_t total) {
  Json requests = Json::array();
  for (const auto& entry : entries) requests.push_back(RequestJson(entry));
  return {{"requests", std::move(requests)}, {"meta", {{"total", total}}}};
}

Json ShortRequestJson(const RequestRecord& record) {
  return {{"id", record.id},
          {"operation", OperationJson(record)},
          {"videoId", OrNull(record.video_id)},
          {"method", record.method_name()},
          {"url", record.target},
          {"status", record.status},
          {"faultId", OrNull(record.fault_id)}};
}

Json MediaJson(const MediaInfo& media) {
  Json json = {{"state", NameOf(media.state)}};
  if (media.state == MediaInfo::State::kWorking) {
    json["phase"] = media.phase;
    json["percent"] = media.percent;
  }
  if (media.state == MediaInfo::State::kReady) json["tracks"] = TracksJson(media.tracks);
  if (!media.problem.empty()) json["problem"] = media.problem;
  return json;
}

Json VideoStateJson(const VideoInfo& info) {
  Json json = {{"state", Name(info.state)},
               {"originalName", info.original_name},
               {"history", TransitionsJson(info.history, /*with_video=*/false)},
               {"upload",
                {{"bytes", info.uploaded_bytes.value_or(0)},
                 {"sha256", OrNull(info.upload_sha256)},
                 {"blocks", info.upload_blocks},
                 {"plaintext", OrNull(info.upload_is_plaintext)}}},
               {"media", MediaJson(info.media)},
               {"polling",
                {{"polls", info.polls},
                 {"minIntervalMillis",
                  info.min_poll_interval ? Json(info.min_poll_interval->count()) : Json(nullptr)},
                 {"pollsAfterTerminal", info.polls_after_end}}},
               {"diagnostics", DiagnosticsJson(info.diagnostics)}};
  if (!info.upload_error.empty()) json["upload"]["error"] = info.upload_error;
  if (info.state == VideoState::kFailed) {
    json["failure"] = {{"code", info.failure_code}, {"reason", info.failure_reason}};
  }
  return json;
}

RecordedRequest ToRecordedRequest(const Entry& entry) {
  const RequestRecord& record = *entry.record;
  RecordedRequest recorded{.id = record.id,
                           .operation = record.operation,
                           .video_id = record.video_id,
                           .method = std::string(record.method_name()),
                           .target = record.target,
                           .headers = Pairs(record.headers),
                           .body_size = record.body_size,
                           .body_sha256 = Sha256Of(entry),
                           .status = record.status,
                           .decided = record.decided,
                           .response_headers = Pairs(record.response_headers.Unpack()),
                           .response_size = record.response_size,
                           .at = record.at,
                           .received_at = record.received_at,
                           .fault_id = record.fault_id};
  if (entry.bodies) {
    recorded.body = entry.bodies->request;
    recorded.response_body = entry.bodies->response;
  }
  return recorded;
}

}  // namespace msc::control
