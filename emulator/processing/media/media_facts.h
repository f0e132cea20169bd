#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/processing/media_description.h"

namespace msc::processing {

// What ffprobe says about one stream of a file. Text is empty and numbers are 0 if it says nothing.
struct StreamFacts {
  TrackKind kind = TrackKind::kVideo;
  int index = 0;
  int id = 0;  // In MP4: the number of the track.
  std::string codec = {};
  std::string profile = {};
  std::int64_t frames = 0;  // In MP4: how many there are.

  // Of video.
  std::string pixel_format = {};
  int width = 0;  // Of the stored picture.
  int height = 0;
  double pixel_aspect = 1;  // Width of a pixel ÷ its height.
  int rotation = 0;         // In degrees, as a player has to turn the picture.

  // Of audio.
  std::string language = {};
  int channels = 0;
  int sampling_rate = 0;

  friend bool operator==(const StreamFacts&, const StreamFacts&) = default;
};

struct MediaFacts {
  double seconds = 0;                     // The duration, 0 if it is not known.
  std::vector<StreamFacts> streams = {};  // Video and audio, without covers of audio files.
};

// Reads what ffprobe writes with kProbeEntries as JSON. kCorruptedFile if it is something else, or
// says that it had to guess the format.
Result<MediaFacts> ParseFacts(std::string_view json);

// What ffprobe is to show.
inline constexpr std::string_view kProbeEntries =
    "format=duration,probe_score:stream=index,id,nb_frames,codec_type,codec_name,profile,pix_fmt,"
    "width,height,"
    "sample_aspect_ratio,channels,sample_rate:stream_disposition=attached_pic:"
    "stream_tags=language:stream_side_data=rotation";

// What the packets of a video stream say about cutting it.
class KeyFrameScan {
 public:
  // What ffprobe is to show of each packet, with -of compact.
  static constexpr std::string_view kPacketEntries =
      "packet=pts_time,flags:packet_side_data=side_data_type";

  // Adds a line of ffprobe.
  void Add(std::string_view line);

  // Whether the stream can be cut at its key frames as it is: the first frame is one, all have a
  // time, none is far from the next, and the decoder is set up once.
  bool CanCut() const;

 private:
  bool has_packets_ = false;
  bool is_regular_ = true;
  double last_key_ = 0;
  double end_ = 0;
  double largest_gap_ = 0;
};

}  // namespace msc::processing
