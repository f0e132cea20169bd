#include "emulator/control/api/fault_json.h"

#include <chrono>
#include <limits>
#include <utility>

#include "emulator/base/overloaded.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kMostBytes = std::int64_t{1}
                                    << 53U;  // Integers in JSON are exact up to this one.
constexpr std::int64_t kMostCount = std::numeric_limits<int>::max();
constexpr std::int64_t kMostMillis = std::int64_t{366} * 24 * 60 * 60 * 1000;

constexpr std::string_view kResetName = "CONNECTION_RESET_BY_PEER";
constexpr std::string_view kEmptyName = "EMPTY_RESPONSE";
constexpr std::string_view kMalformedName = "MALFORMED_RESPONSE_CHUNK";
constexpr std::string_view kRandomName = "RANDOM_DATA_THEN_CLOSE";
constexpr std::string_view kTruncatedName = "TRUNCATED_BODY";
constexpr std::string_view kCorruptName = "CORRUPT_BODY";
constexpr std::string_view kWrongKeyName = "WRONG_KEY";
constexpr std::string_view kShortKeyName = "SHORT_KEY";
constexpr std::string_view kExpiredTokenName = "EXPIRED_TOKEN";
constexpr std::string_view kWrongIvName = "WRONG_IV";

std::optional<std::uint64_t> ReadByte(JsonReader& reader) {
  const auto at = reader.Integer("atByte", 0, kMostBytes);
  return at ? std::optional(static_cast<std::uint64_t>(*at)) : std::nullopt;
}

Direction ReadDirection(JsonReader& reader) {
  const auto text = reader.Text("direction").value_or("response");
  if (text == "request") return Direction::kRequest;
  if (text != "response") reader.Refuse("direction", "request or response");
  return Direction::kResponse;
}

FaultAction ReadNamedFault(JsonReader& reader) {
  const auto name = reader.Text("fault").value_or("");
  if (name == kEmptyName) return EmptyResponse{};
  if (name == kMalformedName) return MalformedResponseChunk{};
  if (name == kRandomName) return RandomDataThenClose{};
  if (name == kWrongKeyName) return WrongKey{};
  if (name == kShortKeyName) return ShortKey{};
  if (name == kExpiredTokenName) return ExpiredToken{};
  if (name == kWrongIvName) return WrongIv{};
  const auto byte = ReadByte(reader);
  const auto direction = ReadDirection(reader);
  if (name == kResetName) return ResetConnection{.after_bytes = byte, .direction = direction};
  if (name == kTruncatedName) return TruncateBody{.after_bytes = byte, .direction = direction};
  if (name == kCorruptName) return CorruptBody{.at_byte = byte, .direction = direction};
  reader.Refuse("fault",
                "CONNECTION_RESET_BY_PEER, EMPTY_RESPONSE, MALFORMED_RESPONSE_CHUNK, "
                "RANDOM_DATA_THEN_CLOSE, TRUNCATED_BODY, CORRUPT_BODY, WRONG_KEY, SHORT_KEY, "
                "EXPIRED_TOKEN or "
                "WRONG_IV",
                {kResetName, kEmptyName, kMalformedName, kRandomName, kTruncatedName, kCorruptName,
                 kWrongKeyName, kShortKeyName, kExpiredTokenName, kWrongIvName});
  return {};
}

FaultAction ReadStatus(JsonReader& reader) {
  AnswerStatus action;
  action.status = static_cast<int>(reader.Integer("status", 200, 599).value_or(503));
  action.error_code = reader.Text("errorCode").value_or("");
  if (const Json* const headers = reader.Object("headers")) {
    for (const auto& [name, value] : headers->items()) {
      if (!value.is_string()) reader.Refuse("headers", "an object of strings");
      action.headers.emplace_back(name, value.is_string() ? value.get<std::string>() : "");
    }
  }
  return action;
}

FaultAction ReadDistribution(JsonReader& outer) {
  const Json* const json = outer.Object("delayDistribution");
  if (json == nullptr) return {};
  JsonReader reader(*json, outer.PathOf("delayDistribution"));
  FaultAction action;
  const auto type = reader.Text("type").value_or("");
  if (type == "lognormal") {
    action = LognormalDelay{.median = reader.Number("median").value_or(0),
                            .sigma = reader.Number("sigma").value_or(0)};
  } else if (type == "uniform") {
    action =
        UniformDelay{.lower = milliseconds(reader.Integer("lower", 0, kMostMillis).value_or(0)),
                     .upper = milliseconds(reader.Integer("upper", 0, kMostMillis).value_or(0))};
  } else {
    reader.Refuse("type", "lognormal or uniform");
  }
  outer.Absorb(reader.Done());
  return action;
}

FaultAction ReadDribble(JsonReader& outer) {
  const Json* const json = outer.Object("chunkedDribbleDelay");
  if (json == nullptr) return {};
  JsonReader reader(*json, outer.PathOf("chunkedDribbleDelay"));
  const ChunkedDribble action{
      .chunks = static_cast<int>(reader.Integer("numberOfChunks", 1, kMostCount).value_or(0)),
      .total = milliseconds(reader.Integer("totalDuration", 0, kMostMillis).value_or(0))};
  outer.Absorb(reader.Done());
  return action;
}

// Exactly one of these members chooses the action.
FaultAction ReadOneAction(JsonReader& reader) {
  if (reader.Has("status")) return ReadStatus(reader);
  if (reader.Has("fault")) return ReadNamedFault(reader);
  if (reader.Has("delayDistribution")) return ReadDistribution(reader);
  if (reader.Has("chunkedDribbleDelay")) return ReadDribble(reader);
  if (reader.Has("bandwidthKBps")) {
    return Bandwidth{.kilobytes_per_second = reader.Number("bandwidthKBps").value_or(0),
                     .direction = ReadDirection(reader)};
  }
  if (reader.Has("fixedDelayMilliseconds")) {
    return FixedDelay{
        milliseconds(reader.Integer("fixedDelayMilliseconds", 0, kMostMillis).value_or(0))};
  }
  reader.RefuseMissing(
      "action: it must have one of status, fault, fixedDelayMilliseconds, delayDistribution, "
      "chunkedDribbleDelay, bandwidthKBps");
  return {};
}

void ReadAction(JsonReader& outer, FaultAction& action) {
  const Json* const json = outer.Object("action");
  if (json == nullptr) {
    outer.Refuse("action", "an object that says what is done");
    return;
  }
  JsonReader reader(*json, "action");
  action = ReadOneAction(reader);
  outer.Absorb(reader.Done());
}

Phase ReadPhase(JsonReader& reader) {
  const auto text = reader.Text("phase").value_or("before");
  if (text == "after") return Phase::kAfter;
  if (text != "before") reader.Refuse("phase", "before or after");
  return Phase::kBefore;
}

std::string_view Name(Direction direction) {
  return direction == Direction::kRequest ? "request" : "response";
}

Json BrokenJson(std::string_view fault, std::optional<std::uint64_t> byte, Direction direction) {
  Json json = {{"fault", fault}, {"direction", Name(direction)}};
  if (byte) json["atByte"] = *byte;
  return json;
}

Json NamedJson(std::string_view fault) {
  Json json;
  json["fault"] = fault;
  return json;
}

Json StatusJson(const AnswerStatus& action) {
  Json json = {{"status", action.status}};
  if (!action.error_code.empty()) json["errorCode"] = action.error_code;
  for (const auto& [name, value] : action.headers) json["headers"][name] = value;
  return json;
}

Json ActionJson(const FaultAction& action) {
  return std::visit(
      Overloaded{
          [](const AnswerStatus& a) { return StatusJson(a); },
          [](const ResetConnection& a) {
            return BrokenJson(kResetName, a.after_bytes, a.direction);
          },
          [](const EmptyResponse&) { return NamedJson(kEmptyName); },
          [](const MalformedResponseChunk&) { return NamedJson(kMalformedName); },
          [](const RandomDataThenClose&) { return NamedJson(kRandomName); },
          [](const TruncateBody& a) {
            return BrokenJson(kTruncatedName, a.after_bytes, a.direction);
          },
          [](const CorruptBody& a) { return BrokenJson(kCorruptName, a.at_byte, a.direction); },
          [](const FixedDelay& a) {
            return Json{{"fixedDelayMilliseconds", a.delay.count()}};
          },
          [](const LognormalDelay& a) {
            return Json{{"delayDistribution",
                         {{"type", "lognormal"}, {"median", a.median}, {"sigma", a.sigma}}}};
          },
          [](const UniformDelay& a) {
            return Json{
                {"delayDistribution",
                 {{"type", "uniform"}, {"lower", a.lower.count()}, {"upper", a.upper.count()}}}};
          },
          [](const ChunkedDribble& a) {
            return Json{{"chunkedDribbleDelay",
                         {{"numberOfChunks", a.chunks}, {"totalDuration", a.total.count()}}}};
          },
          [](const Bandwidth& a) {
            return Json{{"bandwidthKBps", a.kilobytes_per_second},
                        {"direction", Name(a.direction)}};
          },
          [](const WrongKey&) { return NamedJson(kWrongKeyName); },
          [](const ShortKey&) { return NamedJson(kShortKeyName); },
          [](const ExpiredToken&) { return NamedJson(kExpiredTokenName); },
          [](const WrongIv&) { return NamedJson(kWrongIvName); },
      },
      action);
}

Json TextJson(const TextPattern& text) {
  Json json = Json::object();
  if (text.equal_to) json["equalTo"] = *text.equal_to;
  if (text.contains) json["contains"] = *text.contains;
  if (text.matches) json["matches"] = *text.matches;
  if (text.absent) json["absent"] = true;
  return json;
}

Json MatchJson(const Fault& fault) {
  Json json = Json::object();
  const auto operation = fault.operation ? fault.operation : fault.match.operation;
  const auto& video = fault.video_id.empty() ? fault.match.video_id : fault.video_id;
  if (operation) json["operation"] = msc::Name(*operation);
  if (!video.empty()) json["videoId"] = video;
  if (!fault.match.method.empty()) json["method"] = fault.match.method;
  if (!fault.match.url.empty()) json["url"] = fault.match.url;
  if (!fault.match.url_path_pattern.empty()) json["urlPathPattern"] = fault.match.url_path_pattern;
  for (const auto& [name, text] : fault.match.headers) json["headers"][name] = TextJson(text);
  return json;
}

}  // namespace

Result<Fault> ReadFault(const Json& json) {
  JsonReader reader(json);
  Fault fault;
  if (const Json* const match = reader.Object("match")) {
    auto pattern = ReadPattern(*match, "match");
    if (!pattern) return pattern.error();
    fault.match = *std::move(pattern);
  }
  fault.skip = static_cast<int>(reader.Integer("skip", 0, kMostCount).value_or(0));
  if (const auto times = reader.Integer("times", 1, kMostCount)) {
    fault.times = static_cast<int>(*times);
  }
  fault.probability = reader.Number("probability").value_or(1);
  if (const auto ttl = reader.Integer("ttlMillis", 1, kMostMillis)) fault.ttl = milliseconds(*ttl);
  fault.phase = ReadPhase(reader);
  ReadAction(reader, fault.action);
  if (auto done = reader.Done(); !done) return done.error();
  return fault;
}

Json FaultJson(const InjectedFault& injected) {
  const auto& [status, fault] = injected;
  Json json = {{"id", status.id}, {"match", MatchJson(fault)}, {"skip", fault.skip}};
  json["times"] = fault.times ? Json(*fault.times) : Json(nullptr);
  json["probability"] = fault.probability;
  if (fault.ttl) json["ttlMillis"] = fault.ttl->count();
  json["phase"] = fault.phase == Phase::kBefore ? "before" : "after";
  json["action"] = ActionJson(fault.action);
  json["matched"] = status.matched;
  json["fired"] = status.fired;
  json["remaining"] = status.remaining ? Json(*status.remaining) : Json(nullptr);
  json["completed"] = status.completed;
  return json;
}

}  // namespace msc::control
