#include "emulator/playback/selection.h"

#include <limits>
#include <utility>
#include <vector>

#include "emulator/base/quoted.h"
#include "emulator/base/text.h"
#include "emulator/playback/playback_error.h"

namespace msc::playback {
namespace {

constexpr std::string_view kFormat = "format";
constexpr std::string_view kType = "type";
constexpr std::string_view kKeyFrames = "keyframes";
constexpr std::string_view kAudioTrack = "audiotrack";
constexpr std::string_view kAudioOnly = "audio-only";
constexpr std::string_view kInitialization = "i";

// A part between two commas: "format=m3u8-aapl", or "video" without a value.
struct Part {
  std::string_view name;
  std::optional<std::string_view> value;

  bool Is(std::string_view wanted) const { return value && EqualsIgnoringCase(name, wanted); }
};

std::vector<Part> Parts(std::string_view text) {
  std::vector<Part> parts;
  for (const auto part : Split(text, ',')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) {
      parts.push_back({part, std::nullopt});
    } else {
      parts.push_back({part.substr(0, equals), part.substr(equals + 1)});
    }
  }
  return parts;
}

Error Malformed(std::string message) {
  return {PlaybackError::kAddressMalformed, std::move(message)};
}

Error NotUnderstood(const Part& part) {
  return Malformed(Quoted(part.name) + " is not understood here: format, type=keyframes, " +
                   "audiotrack and audio-only are");
}

Result<StreamFormat> ReadFormat(std::string_view name) {
  if (const auto format = FindFormat(name)) return *format;
  return Error{PlaybackError::kFormatUnknown,
               "there is no format " + Quoted(name) +
                   ", but m3u8-aapl, m3u8-aapl-v3, mpd-time-csf and, if none is given, Smooth "
                   "Streaming"};
}

// The options that playlists and fragments have in common, all parts but the first.
struct StreamOptions {
  std::optional<StreamFormat> format = {};
  bool key_frames = false;
  std::string audio_track = {};
};

Status ReadOption(const Part& part, StreamOptions& options) {
  if (part.Is(kFormat)) {
    const auto format = ReadFormat(*part.value);
    if (!format) return format.error();
    options.format = *format;
  } else if (part.Is(kType) && EqualsIgnoringCase(*part.value, kKeyFrames)) {
    options.key_frames = true;
  } else if (part.Is(kAudioTrack)) {
    options.audio_track = *part.value;
  } else {
    return NotUnderstood(part);
  }
  return Done{};
}

Result<StreamOptions> ReadOptions(const std::vector<Part>& parts) {
  StreamOptions options;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (auto read = ReadOption(parts[i], options); !read) return read.error();
  }
  return options;
}

std::optional<std::int64_t> ParseNumber(std::string_view text) {
  const auto number = ParseUnsigned(text);
  if (!number || *number > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*number);
}

}  // namespace

Result<ManifestSelection> ParseManifestSelection(std::string_view text) {
  ManifestSelection selection;
  for (const auto& part : Parts(text)) {
    if (part.Is(kFormat)) {
      const auto format = ReadFormat(*part.value);
      if (!format) return format.error();
      selection.format = *format;
    } else if (part.Is(kAudioOnly)) {
      selection.has_audio_only = !EqualsIgnoringCase(*part.value, "false");
    } else {
      return NotUnderstood(part);
    }
  }
  return selection;
}

Result<PlaylistSelection> ParsePlaylistSelection(std::string_view text) {
  const auto parts = Parts(text);
  if (parts.front().value || parts.front().name.empty()) {
    return Malformed("a playlist is Manifest(<track>,format=m3u8-aapl)");
  }
  auto options = ReadOptions(parts);
  if (!options) return options.error();
  if (!options->format || !IsHls(*options->format)) {
    return Error{PlaybackError::kFormatUnknown,
                 "only format=m3u8-aapl and format=m3u8-aapl-v3 have a playlist for each track"};
  }
  return PlaylistSelection{.track = std::string(parts.front().name),
                           .format = *options->format,
                           .key_frames = options->key_frames,
                           .audio_track = std::move(options->audio_track)};
}

Result<FragmentSelection> ParseFragmentSelection(std::string_view text) {
  const auto parts = Parts(text);
  const auto& [track, when] = parts.front();
  const bool is_start = when && EqualsIgnoringCase(*when, kInitialization);
  const auto time = ParseNumber(when.value_or(""));
  if (track.empty() || (!is_start && !time)) {
    return Malformed(
        "a fragment is Fragments(<track>=<time>,format=…) with a time in 100 ns, or `i` for the "
        "initialization segment");
  }
  auto options = ReadOptions(parts);
  if (!options) return options.error();
  return FragmentSelection{.track = std::string(track),
                           .time = is_start ? std::nullopt : time,
                           .format = options->format.value_or(StreamFormat::kSmooth),
                           .key_frames = options->key_frames,
                           .audio_track = std::move(options->audio_track)};
}

Result<std::int64_t> ParseBitrate(std::string_view text) {
  if (const auto bitrate = ParseNumber(text)) return *bitrate;
  return Malformed("QualityLevels(" + std::string(text.substr(0, 40)) +
                   ") must have a bitrate in bits per second");
}

}  // namespace msc::playback
