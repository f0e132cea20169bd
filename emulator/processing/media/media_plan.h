#pragma once

#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/processing/media/media_facts.h"
#include "emulator/processing/media/media_tools.h"

namespace msc::processing {

// What becomes of one stream.
struct PlannedTrack {
  TrackKind kind = TrackKind::kVideo;
  int stream = 0;       // Its index in the input.
  bool copies = false;  // Its frames stay as they are; otherwise it is transcoded.
  int width = 0;        // Of transcoded video.
  int height = 0;
  int sampling_rate = 0;         // Of transcoded audio.
  std::string language = "und";  // Of audio.

  friend bool operator==(const PlannedTrack&, const PlannedTrack&) = default;
};

// What becomes of a file: the first video and all audio, up to a limit.
using MediaPlan = std::vector<PlannedTrack>;

// Whether video with these facts may be copied, if its packets allow it.
bool MayCopyVideo(const StreamFacts& video);

// The first video of the file; null if it has none.
const StreamFacts* FindVideo(const MediaFacts& facts);

// `can_cut`: whether the packets of the video allow to copy it. kUnsupportedFormat if there is
// neither video nor audio.
Result<MediaPlan> MakePlan(const MediaFacts& facts, bool can_cut);

// The commands below get the files that they read and write as descriptors from 3 on, in the order
// of their parameters. No argument is taken from the upload.

// Describes the streams of a file.
std::vector<std::string> ProbeCommand(const MediaTools& tools);

// Lists the packets of one stream of a file.
std::vector<std::string> PacketsCommand(const MediaTools& tools, int stream);

// Writes an MP4 with the planned tracks, which have the ids 1, 2, …
std::vector<std::string> NormalizeCommand(const MediaTools& tools, const MediaPlan& plan);

// Writes the first frame of the first stream as JPEG.
std::vector<std::string> PosterCommand(const MediaTools& tools);

// One of the files that are made of a normalized MP4.
struct PackagedOutput {
  enum class Form { kFragmentedMp4, kTransportStream };
  Form form = Form::kFragmentedMp4;
  std::vector<int> streams = {};       // Of the normalized MP4; the first one decides where to cut.
  TrackKind kind = TrackKind::kVideo;  // Of the first stream.
};

// Writes all outputs. Descriptors: the normalized MP4; then the media of each output, and after
// that of a transport stream its playlist.
std::vector<std::string> PackageCommand(const MediaTools& tools,
                                        const std::vector<PackagedOutput>& outputs);

}  // namespace msc::processing
