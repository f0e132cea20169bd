#include "emulator/playback/hls.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

#include "emulator/base/encoding.h"
#include "emulator/base/text.h"
#include "emulator/playback/first_audio.h"
#include "emulator/playback/fragment_runs.h"

namespace msc::playback {
namespace {

constexpr std::uint64_t kLongestPadding = 16;  // Of an encrypted fragment.

using processing::MediaDescription;
using processing::Track;
using processing::TrackKind;

const Track* VideoOf(const MediaDescription& media) {
  const Track& first = media.tracks.front();
  return first.kind == TrackKind::kVideo ? &first : nullptr;
}

// In quotes, without what would end them.
std::string InQuotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c != '"' && !IsControl(c)) quoted += c;
  }
  return quoted + '"';
}

std::string LevelOf(const Track& track) {
  return "QualityLevels(" + std::to_string(track.bitrate) + ")/";
}

std::string PlaylistPath(const Track& track, StreamFormat format, std::string_view more = "") {
  return LevelOf(track) + "Manifest(" + track.name + ",format=" + std::string(NameOf(format)) +
         std::string(more) + ")";
}

std::string Resolution(const Track& video) {
  return std::to_string(video.width) + 'x' + std::to_string(video.height);
}

std::string CodecsOf(const Track* video, const Track* audio) {
  std::string codecs = video == nullptr ? "" : video->codecs;
  if (audio != nullptr) codecs += (codecs.empty() ? "" : ",") + audio->codecs;
  return InQuotes(codecs);
}

// What the largest fragments need, in bits per second; those that are less than half as long as the
// longest one do not count. Source: RFC 8216, HTTP Live Streaming, 4.1,
// https://www.rfc-editor.org/rfc/rfc8216
std::int64_t PeakOf(const processing::FragmentList& list) {
  const std::int64_t longest = LongestDuration(list.fragments);
  std::int64_t peak = 0;
  for (const auto& fragment : list.fragments) {
    if (fragment.duration * 2 < longest) continue;
    const auto bits = static_cast<double>(fragment.size + kLongestPadding) * 8;
    const auto seconds = static_cast<double>(fragment.duration) / processing::kTicksPerSecond;
    peak = std::max(peak, static_cast<std::int64_t>(std::ceil(bits / seconds)));
  }
  return peak;
}

std::int64_t BandwidthOf(const Track* track) {
  return track == nullptr ? 0 : std::max(playback::BandwidthOf(track->bitrate), PeakOf(track->ts));
}

std::int64_t Bandwidth(const Track* video, const Track* audio) {
  return BandwidthOf(video) + BandwidthOf(audio);
}

// One that is played with the video, or alone if that is null.
std::string Variant(const Track* video, const Track* audio) {
  std::string line = "#EXT-X-STREAM-INF:BANDWIDTH=" + std::to_string(Bandwidth(video, audio));
  if (video != nullptr) line += ",RESOLUTION=" + Resolution(*video);
  return line + ",CODECS=" + CodecsOf(video, audio);
}

std::string AudioTrackLine(const Track& audio, bool is_first, const Links& links) {
  return "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=" + InQuotes(audio.name) +
         ",LANGUAGE=" + InQuotes(audio.language) + ",DEFAULT=" + (is_first ? "YES" : "NO") +
         ",AUTOSELECT=YES,URI=\"" + links.Playlist(PlaylistPath(audio, StreamFormat::kHls)) +
         "\"\n";
}

std::string VideoLines(const Track& video, const Track* audio, const Links& links) {
  std::string lines = Variant(&video, audio);
  if (audio != nullptr) lines += ",AUDIO=\"audio\"";
  lines += '\n' + links.Playlist(PlaylistPath(video, StreamFormat::kHls)) + '\n';
  if (!HasKeyFrames(video.ts)) return lines;
  const auto key_frames =
      links.Playlist(PlaylistPath(video, StreamFormat::kHls, ",type=keyframes"));
  return lines + "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=" + std::to_string(Bandwidth(&video, audio)) +
         ",RESOLUTION=" + Resolution(video) + ",CODECS=" + InQuotes(video.codecs) + ",URI=\"" +
         key_frames + "\"\n";
}

std::string MasterOfTracks(const MediaDescription& media, bool has_audio_only, const Links& links) {
  const Track* const video = VideoOf(media);
  const Track* const first_audio = FirstAudio(media);
  std::string master = "#EXTM3U\n#EXT-X-VERSION:4\n";
  for (const auto& track : media.tracks) {
    if (track.kind != TrackKind::kAudio) continue;
    master += AudioTrackLine(track, &track == first_audio, links);
  }
  if (video != nullptr) master += VideoLines(*video, first_audio, links);
  if (first_audio != nullptr && (has_audio_only || video == nullptr)) {
    master += Variant(nullptr, first_audio) + ",AUDIO=\"audio\"\n" +
              links.Playlist(PlaylistPath(*first_audio, StreamFormat::kHls)) + '\n';
  }
  return master;
}

std::string MasterOfMuxed(const MediaDescription& media, const Links& links) {
  const Track* const video = VideoOf(media);
  const Track* const audio = FirstAudio(media);
  const Track& main = video == nullptr ? *audio : *video;
  const std::string more = video == nullptr || audio == nullptr ? "" : ",audiotrack=" + audio->name;
  return "#EXTM3U\n#EXT-X-VERSION:3\n" + Variant(video, audio) + '\n' +
         links.Playlist(PlaylistPath(main, StreamFormat::kHlsV3, more)) + '\n';
}

// "8.425708"
std::string Seconds(std::int64_t ticks) {
  constexpr std::int64_t kMicros = 1'000'000;
  const std::int64_t micros = (ticks + 5) / 10;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%lld.%06lld", static_cast<long long>(micros / kMicros),
                static_cast<long long>(micros % kMicros));
  return text.data();
}

// Those that begin with a key frame. Each lasts until the next one.
std::vector<processing::Fragment> KeyFrames(const std::vector<processing::Fragment>& fragments) {
  std::vector<processing::Fragment> key_frames;
  for (const auto& fragment : fragments) {
    if (fragment.key_frame_size > 0) {
      key_frames.push_back(fragment);
    } else if (!key_frames.empty()) {
      key_frames.back().duration += fragment.duration;
    }
  }
  return key_frames;
}

std::string PlaylistHead(const PlaylistSelection& selection, std::int64_t longest,
                         const std::optional<Protection>& protection) {
  const bool is_v3 = selection.format == StreamFormat::kHlsV3;
  std::string head = std::string("#EXTM3U\n#EXT-X-VERSION:") + (is_v3 ? '3' : '4') +
                     "\n#EXT-X-ALLOW-CACHE:NO\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-TARGETDURATION:" +
                     std::to_string(longest) + '\n';
  if (selection.key_frames) head += "#EXT-X-I-FRAMES-ONLY\n";
  if (protection) {
    head += "#EXT-X-KEY:METHOD=AES-128,URI=\"" + protection->key_url + "\",IV=0" +
            (protection->is_for_page ? 'x' : 'X') + UpperHexEncode(protection->iv) + '\n';
  }
  return head + "#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:00.000+00:00\n";
}

}  // namespace

bool HasKeyFrames(const processing::FragmentList& list) {
  return std::any_of(list.fragments.begin(), list.fragments.end(),
                     [](const auto& fragment) { return fragment.key_frame_size > 0; });
}

std::int64_t BandwidthOf(std::int64_t bitrate) {
  return bitrate + bitrate / 1000 * 22 + bitrate % 1000 * 22 / 1000 + 8160;
}

std::string HlsMaster(const MediaDescription& media, const ManifestSelection& selection,
                      const Links& links) {
  return selection.format == StreamFormat::kHlsV3
             ? MasterOfMuxed(media, links)
             : MasterOfTracks(media, selection.has_audio_only, links);
}

std::string HlsPlaylist(const Track& track, const processing::FragmentList& list,
                        const PlaylistSelection& selection,
                        const std::optional<Protection>& protection, const Links& links) {
  const auto key_frames =
      selection.key_frames ? KeyFrames(list.fragments) : std::vector<processing::Fragment>();
  const auto& fragments = selection.key_frames ? key_frames : list.fragments;
  const std::string level = LevelOf(track);
  std::string end = ",format=" + std::string(NameOf(selection.format));
  if (selection.key_frames) end += ",type=keyframes";
  if (!selection.audio_track.empty()) end += ",audiotrack=" + selection.audio_track;

  std::string playlist = PlaylistHead(selection, LongestSeconds(fragments), protection);
  for (const auto& fragment : fragments) {
    playlist += "#EXTINF:" + Seconds(fragment.duration) + ",no-desc\n" +
                links.FragmentOf(level, "Fragments(" + track.name + '=' +
                                            std::to_string(fragment.time) + end + ')') +
                '\n';
  }
  return playlist + "#EXT-X-ENDLIST\n";
}

}  // namespace msc::playback
