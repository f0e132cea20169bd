#include "emulator/processing/media_description.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "emulator/base/json_shape.h"
#include "emulator/base/text.h"
#include "emulator/processing/media_error.h"

namespace msc::processing {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestName = 100;
constexpr std::int64_t kLongestTime = kLongestMedia.count() * (kTicksPerSecond / 1000);
constexpr std::int64_t kLargestBlob = std::int64_t{1} << 53;
constexpr std::int64_t kLargestBitrate = std::int64_t{1} << 40;
constexpr int kLargestPixels = 1 << 16;
constexpr int kMostChannels = 64;
constexpr int kLargestRate = 1'000'000;

constexpr std::size_t kLongestPrivateData = 65'536;

// In whole bytes.
bool IsUpperHex(std::string_view text) {
  return text.size() % 2 == 0 && text.size() <= kLongestPrivateData &&
         text.find_first_not_of("0123456789ABCDEF") == text.npos;
}

Error Invalid(const std::string& why) { return {MediaError::kDescriptionInvalid, why}; }

Json ListJson(const FragmentList& list) {
  auto fragments = Json::array();
  for (const auto& each : list.fragments) {
    fragments.push_back({each.time, each.duration, each.offset, each.size, each.key_frame_size});
  }
  return {
      {"blob", list.blob}, {"headerSize", list.header_size}, {"fragments", std::move(fragments)}};
}

Json TrackJson(const Track& track) {
  return {{"kind", track.kind == TrackKind::kVideo ? "video" : "audio"},
          {"name", track.name},
          {"bitrate", track.bitrate},
          {"codecs", track.codecs},
          {"privateData", track.private_data},
          {"width", track.width},
          {"height", track.height},
          {"language", track.language},
          {"channels", track.channels},
          {"samplingRate", track.sampling_rate},
          {"mp4", ListJson(track.mp4)},
          {"ts", ListJson(track.ts)},
          {"muxed", ListJson(track.muxed)}};
}

// The members of an object, each of the expected type and range. Remembers the first problem.
class Members {
 public:
  Members(const Json& json, std::size_t count) : json_(json) {
    if (!json.is_object() || json.size() != count) problem_ = "an object has other members";
  }

  const Json& Value(const char* name) {
    static const Json kNone;
    if (json_.is_object() && json_.contains(name)) return json_[name];
    Refuse(name);
    return kNone;
  }

  std::int64_t Number(const char* name, std::int64_t least, std::int64_t most) {
    const Json& value = Value(name);
    if (value.is_number_integer()) {
      const auto number = value.get<std::int64_t>();
      if (number >= least && number <= most) return number;
    }
    Refuse(name);
    return least;
  }

  // Of these characters alone, besides letters and digits.
  std::string Word(const char* name, std::string_view others) {
    const Json& value = Value(name);
    if (value.is_string()) {
      auto word = value.get<std::string>();
      const bool fits = std::all_of(word.begin(), word.end(), [&](char c) {
        return IsAlphanumeric(c) || others.find(c) != others.npos;
      });
      if (fits && word.size() <= kLongestName) return word;
    }
    Refuse(name);
    return {};
  }

  bool Flag(const char* name) {
    const Json& value = Value(name);
    if (!value.is_boolean()) Refuse(name);
    return value.is_boolean() && value.get<bool>();
  }

  void Refuse(const char* name) {
    if (problem_.empty()) problem_ = std::string(name) + " is invalid";
  }

  Status Done() const { return problem_.empty() ? Status(msc::Done{}) : Invalid(problem_); }

 private:
  const Json& json_;
  std::string problem_;
};

// time, duration, offset, size, key_frame_size: each a whole number in its range.
std::optional<Fragment> ReadFragment(const Json& json) {
  constexpr std::array<std::int64_t, 5> kMost = {kLongestTime, kLongestTime, kLargestBlob,
                                                 kLargestBlob, kLargestBlob};
  std::array<std::uint64_t, kMost.size()> numbers{};
  if (!json.is_array() || json.size() != kMost.size()) return std::nullopt;
  for (std::size_t at = 0; at < kMost.size(); ++at) {
    if (!json[at].is_number_unsigned()) return std::nullopt;
    numbers[at] = json[at].get<std::uint64_t>();
    if (numbers[at] > static_cast<std::uint64_t>(kMost[at])) return std::nullopt;
  }
  return Fragment{.time = static_cast<std::int64_t>(numbers[0]),
                  .duration = static_cast<std::int64_t>(numbers[1]),
                  .offset = numbers[2],
                  .size = numbers[3],
                  .key_frame_size = numbers[4]};
}

Result<std::vector<Fragment>> ReadFragments(const Json& json) {
  if (!json.is_array()) return Invalid("fragments is no array");
  std::vector<Fragment> fragments;
  std::int64_t earliest = 0;
  for (const auto& item : json) {
    const auto fragment = ReadFragment(item);
    if (!fragment || fragment->time < earliest || fragment->duration == 0 || fragment->size == 0 ||
        fragment->key_frame_size > fragment->size) {
      return Invalid("a fragment is invalid");
    }
    earliest = fragment->time + 1;
    fragments.push_back(*fragment);
  }
  return fragments;
}

Result<FragmentList> ReadList(const Json& json) {
  Members members(json, 3);
  FragmentList list{
      .blob = members.Word("blob", "._-"),
      .header_size = static_cast<std::uint64_t>(members.Number("headerSize", 0, kLargestBlob))};
  auto fragments = ReadFragments(members.Value("fragments"));
  if (!fragments) return fragments.error();
  list.fragments = *std::move(fragments);
  if (list.blob.empty() && !list.fragments.empty()) members.Refuse("blob");
  if (auto done = members.Done(); !done) return done.error();
  return list;
}

Status ReadLists(Members& members, Track& track) {
  for (const auto& [name, list] :
       {std::pair{"mp4", &track.mp4}, {"ts", &track.ts}, {"muxed", &track.muxed}}) {
    auto read = ReadList(members.Value(name));
    if (!read) return read.error();
    *list = *std::move(read);
  }
  return Done{};
}

Result<Track> ReadTrack(const Json& json) {
  Members members(json, 13);
  const auto kind = members.Word("kind", "");
  if (kind != "video" && kind != "audio") members.Refuse("kind");
  Track track{.kind = kind == "video" ? TrackKind::kVideo : TrackKind::kAudio,
              .name = members.Word("name", "_"),
              .bitrate = members.Number("bitrate", 1, kLargestBitrate),
              .codecs = members.Word("codecs", "."),
              .width = static_cast<int>(members.Number("width", 0, kLargestPixels)),
              .height = static_cast<int>(members.Number("height", 0, kLargestPixels)),
              .language = members.Word("language", "-"),
              .channels = static_cast<int>(members.Number("channels", 0, kMostChannels)),
              .sampling_rate = static_cast<int>(members.Number("samplingRate", 0, kLargestRate))};
  const Json& private_data = members.Value("privateData");
  if (private_data.is_string() && IsUpperHex(private_data.get<std::string>())) {
    track.private_data = private_data.get<std::string>();
  } else {
    members.Refuse("privateData");
  }
  if (track.name.empty()) members.Refuse("name");
  if (auto read = ReadLists(members, track); !read) return read.error();
  if (auto done = members.Done(); !done) return done.error();
  return track;
}

// One video at most, which is first; no two with one name.
Status CheckTracks(const std::vector<Track>& tracks) {
  std::set<std::string_view> names;
  for (const auto& track : tracks) {
    if (!names.insert(track.name).second) return Invalid("two tracks are called " + track.name);
    if (track.kind == TrackKind::kVideo && &track != tracks.data())
      return Invalid("a video track is not the first track");
  }
  return tracks.empty() ? Status(Invalid("there is no track")) : Status(Done{});
}

}  // namespace

std::string DescriptionJson(const MediaDescription& description) {
  auto tracks = Json::array();
  for (const auto& track : description.tracks) tracks.push_back(TrackJson(track));
  return Json{{"durationMillis", description.duration.count()},
              {"presentationOffset", description.presentation_offset},
              {"tracks", std::move(tracks)},
              {"progressive", description.progressive},
              {"hasPoster", description.has_poster}}
      .dump();
}

Result<MediaDescription> ParseDescription(std::string_view text) {
  if (const auto problem = JsonShapeProblem(text)) return Invalid(*problem);
  const auto json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  Members members(json, 5);
  MediaDescription description{
      .duration =
          std::chrono::milliseconds(members.Number("durationMillis", 0, kLongestMedia.count())),
      .presentation_offset = members.Number("presentationOffset", 0, kLongestTime),
      .progressive = members.Word("progressive", "._-"),
      .has_poster = members.Flag("hasPoster")};
  const Json& tracks = members.Value("tracks");
  if (!tracks.is_array()) members.Refuse("tracks");
  if (auto done = members.Done(); !done) return done.error();
  for (const auto& item : tracks) {
    auto track = ReadTrack(item);
    if (!track) return track.error();
    description.tracks.push_back(*std::move(track));
  }
  if (auto checked = CheckTracks(description.tracks); !checked) return checked.error();
  return description;
}

}  // namespace msc::processing
