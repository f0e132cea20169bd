#include "emulator/processing/media/media_facts.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "emulator/processing/media/job_error.h"

namespace msc::processing {
namespace {

using Json = nlohmann::json;

// The longest time between key frames with which video is copied, in seconds.
constexpr double kLongestGap = 12;

// How sure ffprobe must be of the format, of 100: short media get 25, random bytes 1.
constexpr int kLeastScore = 5;

std::string TextOf(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// ffprobe writes some numbers as text.
double NumberOf(const Json& object, const char* name) {
  const auto found = object.find(name);
  double value = 0;
  if (found != object.end() && found->is_number()) value = found->get<double>();
  if (found != object.end() && found->is_string()) {
    value = std::strtod(found->get<std::string>().c_str(), nullptr);
  }
  return std::isfinite(value) ? value : 0;
}

int IntegerOf(const Json& object, const char* name) {
  constexpr double kMost = 1'000'000'000;
  return static_cast<int>(std::clamp(NumberOf(object, name), -kMost, kMost));
}

const Json& MemberOf(const Json& object, const char* name) {
  static const Json* const nothing = new Json(Json::object());
  const auto found = object.find(name);
  return found != object.end() ? *found : *nothing;
}

// "4:3"; 1 if it is not known.
double AspectOf(const std::string& text) {
  const auto colon = text.find(':');
  if (colon == std::string::npos) return 1;
  const double width = std::strtod(text.c_str(), nullptr);
  const double height = std::strtod(text.c_str() + colon + 1, nullptr);
  return width > 0 && height > 0 ? width / height : 1;
}

// ffprobe writes the identifier as "0x2".
int IdOf(const Json& stream) {
  const long id = std::strtol(TextOf(stream, "id").c_str(), nullptr, 0);
  return static_cast<int>(std::clamp(id, 0L, 1'000'000L));
}

int RotationOf(const Json& stream) {
  for (const auto& data : MemberOf(stream, "side_data_list")) {
    const int rotation = data.is_object() ? IntegerOf(data, "rotation") : 0;
    if (rotation != 0) return rotation;
  }
  return 0;
}

bool IsPlayable(const Json& stream) {
  if (!stream.is_object()) return false;
  const auto kind = TextOf(stream, "codec_type");
  const auto codec = TextOf(stream, "codec_name");
  const bool is_cover = IntegerOf(MemberOf(stream, "disposition"), "attached_pic") != 0;
  return (kind == "video" || kind == "audio") && !is_cover && !codec.empty() && codec != "none" &&
         codec != "unknown";
}

StreamFacts FactsOf(const Json& stream) {
  StreamFacts facts;
  facts.kind = TextOf(stream, "codec_type") == "video" ? TrackKind::kVideo : TrackKind::kAudio;
  facts.index = IntegerOf(stream, "index");
  facts.id = IdOf(stream);
  facts.codec = TextOf(stream, "codec_name");
  facts.profile = TextOf(stream, "profile");
  facts.frames = static_cast<std::int64_t>(NumberOf(stream, "nb_frames"));
  facts.pixel_format = TextOf(stream, "pix_fmt");
  facts.width = IntegerOf(stream, "width");
  facts.height = IntegerOf(stream, "height");
  facts.pixel_aspect = AspectOf(TextOf(stream, "sample_aspect_ratio"));
  facts.rotation = RotationOf(stream);
  facts.language = TextOf(MemberOf(stream, "tags"), "language");
  facts.channels = IntegerOf(stream, "channels");
  facts.sampling_rate = IntegerOf(stream, "sample_rate");
  return facts;
}

// The value of `name` in a line such as "packet|pts_time=1.5|flags=K_"; empty if there is none.
std::string_view FieldOf(std::string_view line, std::string_view name) {
  const auto at = line.find(name);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + name.size());
  return line.substr(0, line.find('|'));
}

}  // namespace

Result<MediaFacts> ParseFacts(std::string_view json) {
  const Json document = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object()) {
    return Error{JobError::kCorruptedFile, "ffprobe does not describe the upload"};
  }
  const Json& format = MemberOf(document, "format");
  const int score = IntegerOf(format, "probe_score");
  if (score > 0 && score < kLeastScore) {
    return Error{JobError::kCorruptedFile, "the upload does not look like media"};
  }
  MediaFacts facts;
  facts.seconds = std::max(0.0, NumberOf(format, "duration"));
  for (const auto& stream : MemberOf(document, "streams")) {
    if (IsPlayable(stream)) facts.streams.push_back(FactsOf(stream));
  }
  return facts;
}

void KeyFrameScan::Add(std::string_view line) {
  const auto time = FieldOf(line, "|pts_time=");
  const auto flags = FieldOf(line, "|flags=");
  if (flags.empty()) return;
  const double seconds = std::strtod(std::string(time).c_str(), nullptr);
  const bool is_key = flags.starts_with('K');
  if (time.empty() || time == "N/A") is_regular_ = false;
  if (!has_packets_) {
    is_regular_ = is_regular_ && is_key;
    last_key_ = seconds;
  } else if (line.find("New Extradata") != std::string_view::npos) {
    is_regular_ = false;
  }
  has_packets_ = true;
  end_ = std::max(end_, seconds);
  if (!is_key) return;
  largest_gap_ = std::max(largest_gap_, seconds - last_key_);
  last_key_ = seconds;
}

bool KeyFrameScan::CanCut() const {
  return has_packets_ && is_regular_ && std::max(largest_gap_, end_ - last_key_) <= kLongestGap;
}

}  // namespace msc::processing
