#include <string>

#include "emulator/processing/media/media_plan.h"

namespace msc::processing {
namespace {

using Arguments = std::vector<std::string>;

// Demuxers that read media and nothing else: none opens another file or an address.
constexpr std::string_view kDemuxers =
    "mov,mp4,matroska,webm,avi,asf,mpeg,mpegts,mpegvideo,h264,mp3,aac,wav,w64,aiff,au,caf,dv,flv,"
    "ogg,rm,flac,amr,ac3,eac3,mxf,mv";

// Seconds between two places where media may be cut.
constexpr std::string_view kCutSeconds = "6";
constexpr std::string_view kCutMicroseconds = "6000000";

// The muxer compares when key frames are decoded, which may be less than six seconds apart.
constexpr std::string_view kLeastCutMicroseconds = "5500000";

// Descriptors are passed from this one on.
constexpr int kInput = 3;

// Memory of decoders and encoders grows with their threads.
constexpr std::string_view kToolThreads = "4";

std::string PathOf(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

void Append(Arguments& arguments, std::initializer_list<std::string_view> more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
}

// How an upload, or what was made of it, is opened.
void AppendInput(Arguments& arguments) {
  Append(arguments,
         {"-protocol_whitelist", "file", "-format_whitelist", kDemuxers, "-i", PathOf(kInput)});
}

Arguments Ffmpeg(const MediaTools& tools) {
  Arguments arguments = {tools.ffmpeg};
  Append(arguments, {"-nostdin", "-hide_banner", "-v", "error", "-nostats", "-progress", "pipe:1",
                     "-y", "-threads", kToolThreads});
  AppendInput(arguments);
  return arguments;
}

// Packets before the beginning, with which AAC starts a decoder, are left out, so that no time is
// negative.
void AppendCopy(Arguments& arguments) {
  Append(arguments,
         {"-c", "copy", "-copypriorss:a", "0", "-map_metadata", "-1", "-map_chapters", "-1"});
}

// The options for the stream `index` of the output: "v:0", "a:1".
void AppendVideoTrack(Arguments& arguments, const PlannedTrack& track, const std::string& index) {
  Append(arguments, {"-c:" + index, track.copies ? "copy" : "libx264"});
  if (track.copies) return;
  const std::string size = std::to_string(track.width) + ':' + std::to_string(track.height);
  Append(arguments,
         {"-preset:" + index, "veryfast", "-crf:" + index, "23", "-pix_fmt:" + index, "yuv420p",
          "-profile:" + index, "high", "-filter:" + index, "scale=" + size + ",setsar=1",
          "-force_key_frames:" + index, "expr:gte(t,n_forced*" + std::string(kCutSeconds) + ")"});
}

void AppendAudioTrack(Arguments& arguments, const PlannedTrack& track, const std::string& index) {
  Append(arguments, {"-c:" + index, track.copies ? "copy" : "aac", "-metadata:s:" + index,
                     "language=" + track.language});
  if (track.copies) return;
  Append(arguments, {"-b:" + index, "128k", "-ac:" + index, "2", "-ar:" + index,
                     std::to_string(track.sampling_rate)});
}

void AppendFragmentedMp4(Arguments& arguments, TrackKind kind, int media) {
  const bool is_video = kind == TrackKind::kVideo;
  Append(arguments, {"-avoid_negative_ts", "disabled", "-f", "ismv", "-movflags",
                     is_video ? "+default_base_moof+frag_keyframe" : "+default_base_moof",
                     is_video ? "-min_frag_duration" : "-frag_duration",
                     is_video ? kLeastCutMicroseconds : kCutMicroseconds, PathOf(media)});
}

// The offset is the same for all outputs, so that they stay in sync and no time is negative.
void AppendTransportStream(Arguments& arguments, int media, int playlist) {
  Append(arguments, {"-output_ts_offset", "10", "-f", "hls", "-hls_time", kCutSeconds,
                     "-hls_playlist_type", "vod", "-hls_flags", "single_file",
                     "-hls_segment_filename", PathOf(media), PathOf(playlist)});
}

}  // namespace

std::vector<std::string> ProbeCommand(const MediaTools& tools) {
  Arguments arguments = {tools.ffprobe};
  Append(arguments, {"-v", "error", "-show_entries", kProbeEntries, "-of", "json"});
  AppendInput(arguments);
  return arguments;
}

std::vector<std::string> PacketsCommand(const MediaTools& tools, int stream) {
  Arguments arguments = {tools.ffprobe};
  Append(arguments, {"-v", "error", "-select_streams", std::to_string(stream), "-show_entries",
                     KeyFrameScan::kPacketEntries, "-of", "compact"});
  AppendInput(arguments);
  return arguments;
}

std::vector<std::string> NormalizeCommand(const MediaTools& tools, const MediaPlan& plan) {
  Arguments arguments = Ffmpeg(tools);
  for (const auto& track : plan) Append(arguments, {"-map", "0:" + std::to_string(track.stream)});
  AppendCopy(arguments);
  int videos = 0;
  int audios = 0;
  for (const auto& track : plan) {
    if (track.kind == TrackKind::kVideo) {
      AppendVideoTrack(arguments, track, "v:" + std::to_string(videos++));
    } else {
      AppendAudioTrack(arguments, track, "a:" + std::to_string(audios++));
    }
  }
  // Frames keep their times: none is repeated or dropped.
  if (videos > 0) Append(arguments, {"-fps_mode", "vfr"});
  Append(arguments, {"-threads", kToolThreads, "-max_muxing_queue_size", "4096", "-movflags",
                     "+faststart", "-f", "mp4", PathOf(kInput + 1)});
  return arguments;
}

std::vector<std::string> PosterCommand(const MediaTools& tools) {
  Arguments arguments = Ffmpeg(tools);
  Append(arguments,
         {"-map", "0:0", "-frames:v", "1", "-filter:v", "scale=w=trunc(960*dar/2)*2:h=960,setsar=1",
          "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "3", "-f", "mjpeg", PathOf(kInput + 1)});
  return arguments;
}

std::vector<std::string> PackageCommand(const MediaTools& tools,
                                        const std::vector<PackagedOutput>& outputs) {
  Arguments arguments = Ffmpeg(tools);
  int descriptor = kInput + 1;
  for (const auto& output : outputs) {
    for (const int stream : output.streams) {
      Append(arguments, {"-map", "0:" + std::to_string(stream)});
    }
    AppendCopy(arguments);
    if (output.form == PackagedOutput::Form::kFragmentedMp4) {
      AppendFragmentedMp4(arguments, output.kind, descriptor);
      descriptor += 1;
    } else {
      AppendTransportStream(arguments, descriptor, descriptor + 1);
      descriptor += 2;
    }
  }
  return arguments;
}

}  // namespace msc::processing
