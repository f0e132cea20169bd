#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"

namespace msc::processing {

// Times in manifests are counted in ticks of 100 ns.
inline constexpr std::int64_t kTicksPerSecond = 10'000'000;

// Ten years, so that times in ticks cannot overflow.
inline constexpr std::chrono::milliseconds kLongestMedia = std::chrono::hours(24 * 365 * 10);

// A part of a track that a player fetches at once.
struct Fragment {
  std::int64_t time = 0;      // Its beginning, in ticks; not negative, and greater than that of the
                              // fragment before it.
  std::int64_t duration = 0;  // In ticks; more than 0.
  std::uint64_t offset = 0;   // In its blob, in bytes.
  std::uint64_t size = 0;     // In bytes; more than 0.

  // Of MPEG-TS with video: the bytes from its beginning to the end of its first frame, which is a
  // key frame; 0 for all others.
  std::uint64_t key_frame_size = 0;

  friend bool operator==(const Fragment&, const Fragment&) = default;
};

// All fragments of a track in one format; they are in one blob.
struct FragmentList {
  std::string blob = {};  // Its name in the container of the packaged media.

  // Of fragmented MP4: the initialization segment is at the beginning of the blob, and has so many
  // bytes; 0 for MPEG-TS.
  std::uint64_t header_size = 0;

  std::vector<Fragment> fragments = {};

  friend bool operator==(const FragmentList&, const FragmentList&) = default;
};

// The poster of a video, beside its upload.
inline constexpr std::string_view kPosterBlob = "Poster.jpg";

enum class TrackKind { kVideo, kAudio };

struct Track {
  TrackKind kind = TrackKind::kVideo;

  // Letters, digits and underscores; no two tracks share one: "video", "aac_eng_2_128041_2_1".
  std::string name = {};

  std::int64_t bitrate = 0;       // Bits per second; more than 0.
  std::string codecs = {};        // As in RFC 6381: "avc1.64000d", "mp4a.40.2".
  std::string private_data = {};  // CodecPrivateData of Smooth Streaming, in upper-case hex.
  int width = 0;                  // Of video, in pixels.
  int height = 0;
  std::string language = {};  // Of audio, as in ISO 639-2: "eng"; "und" if it is not known.
  int channels = 0;           // Of audio.
  int sampling_rate = 0;      // Of audio, in Hz.

  FragmentList mp4 = {};  // Fragmented MP4, for DASH and Smooth Streaming.
  FragmentList ts = {};   // MPEG-TS of this track alone, for HLS version 4.

  // MPEG-TS for HLS version 3: of the video track, with the first audio track in it; of the first
  // audio track if there is no video. Empty for all other tracks.
  FragmentList muxed = {};

  friend bool operator==(const Track&, const Track&) = default;
};

// What playback serves of a video, and where its bytes are.
struct MediaDescription {
  std::chrono::milliseconds duration{0};

  // Where the presentation begins on the timeline of the MP4 fragments, in ticks.
  std::int64_t presentation_offset = 0;

  std::vector<Track> tracks = {};  // At least one; the video, at most one, is first.
  std::string progressive = {};    // Blob of an MP4 file for progressive download.
  bool has_poster = false;         // Whether there is a kPosterBlob.

  friend bool operator==(const MediaDescription&, const MediaDescription&) = default;
};

// The description as JSON, for a record.
std::string DescriptionJson(const MediaDescription& description);

// The description in such a text. kDescriptionInvalid, with the reason, unless everything above
// holds.
Result<MediaDescription> ParseDescription(std::string_view text);

}  // namespace msc::processing
