#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/playback/stream_format.h"

// What is in the parentheses of a path: "video=0,format=m3u8-aapl". Names are matched in any case.
namespace msc::playback {

// Of Manifest(format=m3u8-aapl) below a presentation.
struct ManifestSelection {
  StreamFormat format = StreamFormat::kSmooth;
  bool has_audio_only = true;  // Whether a variant without the video is listed.

  friend bool operator==(const ManifestSelection&, const ManifestSelection&) = default;
};

// Of Manifest(video,format=m3u8-aapl,type=keyframes) below a quality level.
struct PlaylistSelection {
  std::string track;
  StreamFormat format = StreamFormat::kHls;
  bool key_frames = false;
  std::string audio_track = {};  // That is mixed into the fragments; empty: not said.

  friend bool operator==(const PlaylistSelection&, const PlaylistSelection&) = default;
};

// Of Fragments(video=0,format=m3u8-aapl).
struct FragmentSelection {
  std::string track;
  std::optional<std::int64_t> time = {};  // In ticks; nullopt: the initialization segment.
  StreamFormat format = StreamFormat::kSmooth;
  bool key_frames = false;
  std::string audio_track = {};

  friend bool operator==(const FragmentSelection&, const FragmentSelection&) = default;
};

// kAddressMalformed; kFormatUnknown.
Result<ManifestSelection> ParseManifestSelection(std::string_view text);
Result<PlaylistSelection> ParsePlaylistSelection(std::string_view text);
Result<FragmentSelection> ParseFragmentSelection(std::string_view text);

// The bitrate in QualityLevels(…). kAddressMalformed.
Result<std::int64_t> ParseBitrate(std::string_view text);

}  // namespace msc::playback
