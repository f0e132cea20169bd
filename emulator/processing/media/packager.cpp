#include "emulator/processing/media/packager.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "emulator/processing/media/job_bodies.h"
#include "emulator/processing/media/job_error.h"
#include "emulator/processing/media/stream_index.h"
#include "emulator/processing/media/track_header.h"

namespace msc::processing {
namespace {

constexpr std::uint64_t kLargestPlaylist = std::uint64_t{16} << 20;
constexpr std::string_view kTransportStreamType = "video/mp2t";

using Form = PackagedOutput::Form;

// The files that ffmpeg writes, and the options for each.
struct Outputs {
  std::vector<const NamelessFile*> files = {};
  std::vector<PackagedOutput> outputs = {};

  PackagedFile Add(JobFiles& made, Form form, TrackKind kind, std::vector<int> streams) {
    PackagedFile file{.file = &made.Add()};
    files.push_back(file.file);
    if (form == Form::kTransportStream) files.push_back(file.playlist = &made.Add());
    outputs.push_back({form, std::move(streams), kind});
    return file;
  }
};

bool IsVideo(const NormalizedTrack& track) { return track.plan.kind == TrackKind::kVideo; }

// The video with the first audio track, if there are both.
std::vector<int> MuxedStreams(const std::vector<NormalizedTrack>& tracks) {
  if (tracks.size() < 2 || !IsVideo(tracks.front())) return {};
  return {tracks[0].stream, tracks[1].stream};
}

std::vector<PackagedTrack> AddOutputs(const std::vector<NormalizedTrack>& tracks, JobFiles& files,
                                      Outputs& outputs) {
  std::vector<PackagedTrack> packaged(tracks.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const auto kind = tracks[i].plan.kind;
    packaged[i].mp4 = outputs.Add(files, Form::kFragmentedMp4, kind, {tracks[i].stream});
    packaged[i].ts = outputs.Add(files, Form::kTransportStream, kind, {tracks[i].stream});
  }
  if (const auto muxed = MuxedStreams(tracks); !muxed.empty()) {
    packaged.front().muxed = outputs.Add(files, Form::kTransportStream, TrackKind::kVideo, muxed);
  }
  return packaged;
}

std::int64_t MeasureBitrate(const FragmentIndex& index) {
  std::uint64_t bytes = 0;
  for (const auto& fragment : index.fragments) bytes += fragment.mdat_size;
  const auto& last = index.fragments.back().time;
  const double ticks =
      static_cast<double>(last.begins + last.duration - index.fragments.front().time.begins);
  const double rate = static_cast<double>(bytes) * 8 * kTicksPerSecond / ticks;
  return std::max<std::int64_t>(1, std::llround(rate));
}

// As the service names tracks: "video", "aac_eng_2_128041_2_1".
std::string NameOf(const Track& track, const NormalizedTrack& source) {
  if (track.kind == TrackKind::kVideo) return "video";
  return "aac_" + track.language + '_' + std::to_string(track.channels) + '_' +
         std::to_string(track.bitrate) + '_' + std::to_string(source.plan.stream) + "_1";
}

Status Describe(const NormalizedTrack& source, PackagedTrack& packaged) {
  auto header = ParseTrackHeader(packaged.index.header);
  if (!header) return header.error();
  if (header->kind != source.plan.kind) {
    return Error{JobError::kProcessingFailed, "the media tool has mixed up the tracks"};
  }
  auto& track = packaged.track = *std::move(header);
  track.bitrate = MeasureBitrate(packaged.index);
  if (track.kind == TrackKind::kAudio) track.language = source.plan.language;
  track.name = NameOf(track, source);
  track.mp4.blob = track.name + ".mp4";
  track.ts.blob = track.name + ".ts";
  return Done{};
}

// Reads the files of the tracks; those that have no fragment are removed.
Status DescribeAll(const std::vector<NormalizedTrack>& sources,
                   std::vector<PackagedTrack>& tracks) {
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    auto index = IndexFragments(*tracks[i].mp4.file);
    if (!index) return index.error();
    tracks[i].index = *std::move(index);
    if (tracks[i].index.fragments.empty()) continue;
    if (auto described = Describe(sources[i], tracks[i]); !described) return described;
  }
  std::erase_if(tracks, [](const auto& track) { return track.index.fragments.empty(); });
  if (tracks.empty())
    return Error{JobError::kCorruptedFile, "no frame of the upload can be decoded"};
  return Done{};
}

// Moves all tracks by the same time, so that none begins before 0; returns that time.
std::int64_t ShiftToZero(std::vector<PackagedTrack>& tracks) {
  std::int64_t earliest = 0;
  for (const auto& track : tracks) {
    const auto& first = track.index.fragments.front().time;
    earliest = std::min({earliest, first.begins, first.decoded});
  }
  for (auto& track : tracks) {
    for (auto& fragment : track.index.fragments) {
      fragment.time.begins -= earliest;
      fragment.time.decoded -= earliest;
    }
  }
  return -earliest;
}

Status CheckEnd(const std::vector<PackagedTrack>& tracks) {
  constexpr auto kMostSeconds = std::chrono::floor<std::chrono::seconds>(kLongestMedia).count();
  for (const auto& track : tracks) {
    const auto& last = track.index.fragments.back().time;
    if (last.begins > kMostSeconds * kTicksPerSecond - last.duration) {
      return Error{JobError::kCorruptedFile, "the upload claims to last for more than ten years"};
    }
  }
  return Done{};
}

// Reads the segments of a transport stream into `list`.
Status ListSegments(const PackagedFile& packaged, FragmentList& list) {
  const auto size = packaged.playlist->Size();
  if (size > kLargestPlaylist) return Error{JobError::kCorruptedFile, "it has too many segments"};
  auto segments = ParsePlaylist(ReadBytes(*packaged.playlist, 0, size));
  if (!segments) return segments.error();
  if (segments->empty()) return Error{JobError::kCorruptedFile, "a packaged track is empty"};
  const auto end = segments->back().offset + segments->back().size;
  if (end > packaged.file->Size())
    return Error{JobError::kCorruptedFile, "a packaged track is torn"};
  for (auto& segment : *segments) segment.key_frame_size = KeyFrameSize(*packaged.file, segment);
  list.fragments = *std::move(segments);
  return Done{};
}

Status ListTracks(std::vector<PackagedTrack>& tracks) {
  for (auto& packaged : tracks) {
    auto& track = packaged.track;
    track.mp4 = ListFragments(packaged.index, track.mp4.blob);
    if (auto listed = ListSegments(packaged.ts, track.ts); !listed) return listed;
    if (packaged.muxed.file == nullptr) continue;
    track.muxed.blob = track.name + "_with_audio.ts";
    if (auto listed = ListSegments(packaged.muxed, track.muxed); !listed) return listed;
  }
  auto& first = tracks.front().track;
  if (first.muxed.blob.empty()) first.muxed = first.ts;  // There is nothing to add to it.
  return Done{};
}

}  // namespace

Result<Package> MakePackage(const MediaTools& programs, const NamelessFile& normalized,
                            const std::vector<NormalizedTrack>& tracks, JobFiles& files,
                            ToolRunner& tools, const ToolRunner::LineReader& on_line) {
  Outputs outputs{.files = {&normalized}};
  Package package{.tracks = AddOutputs(tracks, files, outputs)};
  auto run = tools.Run(PackageCommand(programs, outputs.outputs), outputs.files, on_line);
  if (!run) return run.error();
  if (auto described = DescribeAll(tracks, package.tracks); !described) return described.error();
  package.presentation_offset = ShiftToZero(package.tracks);
  if (auto checked = CheckEnd(package.tracks); !checked) return checked.error();
  if (auto listed = ListTracks(package.tracks); !listed) return listed.error();
  return package;
}

Status StorePackage(const Package& package, const StoreBlob& store,
                    const Cancellation& cancellation) {
  for (const auto& [track, mp4, index, ts, muxed] : package.tracks) {
    TrackBody body(*mp4.file, index, cancellation);
    const bool is_video = track.kind == TrackKind::kVideo;
    auto stored = store(track.mp4.blob, is_video ? "video/mp4" : "audio/mp4", body);
    if (!stored) return stored;
    mp4.file->Clear();
    for (const auto& [packaged, list] :
         {std::pair(ts, &track.ts), std::pair(muxed, &track.muxed)}) {
      if (packaged.file == nullptr) continue;
      WholeFileBody segments(*packaged.file, cancellation);
      stored = store(list->blob, kTransportStreamType, segments);
      if (!stored) return stored;
      packaged.file->Clear();
    }
  }
  return Done{};
}

int CountBlobs(const Package& package) {
  int count = 0;
  for (const auto& track : package.tracks) count += track.muxed.file != nullptr ? 3 : 2;
  return count;
}

}  // namespace msc::processing
