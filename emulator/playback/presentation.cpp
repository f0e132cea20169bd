#include "emulator/playback/presentation.h"

#include <algorithm>

#include "emulator/base/guid.h"
#include "emulator/base/quoted.h"
#include "emulator/base/text.h"
#include "emulator/playback/first_audio.h"
#include "emulator/playback/playback_error.h"

namespace msc::playback {
namespace {

using processing::Fragment;
using processing::FragmentList;
using processing::MediaDescription;
using processing::Track;
using processing::TrackKind;

Error NotCompleted(const videos::Video& video) {
  const std::string name = "video " + video.id;
  const std::string problem =
      "it is " + std::string(Name(video.state())) + ", and only a completed video can be played";
  return {.code = PlaybackError::kVideoNotCompleted,
          .message = name + ": " + problem,
          .facts = StateConflict{.resource = name, .problem = problem}};
}

Error NothingToPlay(const videos::Video& video) {
  if (video.progress.awaits_media) {
    return {PlaybackError::kNothingToPlay,
            "video " + video.id + " has nothing to play yet: its upload is still being packaged"};
  }
  if (!video.media_problem.empty()) {
    return {PlaybackError::kNothingToPlay,
            "video " + video.id + " has nothing to play: " + video.media_problem};
  }
  return {PlaybackError::kNothingToPlay,
          "video " + video.id +
              " has nothing to play: its upload was not packaged, which needs ffmpeg and --media "
              "auto or ffmpeg, and an upload that is a video"};
}

bool HasTrack(const MediaDescription& media, TrackKind kind, std::string_view name) {
  return std::any_of(media.tracks.begin(), media.tracks.end(), [&](const Track& track) {
    return track.kind == kind && EqualsIgnoringCase(track.name, name);
  });
}

const FragmentList& ListOf(const Track& track, StreamFormat format) {
  if (format == StreamFormat::kHls) return track.ts;
  return format == StreamFormat::kHlsV3 ? track.muxed : track.mp4;
}

Error NoFragment(std::string message) {
  return {PlaybackError::kFragmentNotFound, std::move(message)};
}

}  // namespace

Result<videos::PlayableVideo> FindPresentation(const http::Request& request,
                                               videos::VideoService& videos) {
  auto found = videos.FindByLocator(request.capture(kLocatorCapture));
  if (!found) return Error{PlaybackError::kPresentationNotFound, found.error().message};
  const auto& video = found->video;
  if (!EqualsIgnoringCase(video.file_id, request.capture(kFileCapture))) {
    return Error{PlaybackError::kPresentationNotFound, "the file of that locator is " +
                                                           video.file_id + ", not " +
                                                           Quoted(request.capture(kFileCapture))};
  }
  if (video.state() != VideoState::kCompleted) return NotCompleted(video);
  if (!found->media) return NothingToPlay(video);
  return found;
}

Result<const Track*> FindTrack(const MediaDescription& media, std::string_view name,
                               std::int64_t bitrate) {
  std::string known;
  for (const auto& track : media.tracks) {
    if (track.bitrate == bitrate && EqualsIgnoringCase(track.name, name)) return &track;
    known += (known.empty() ? "" : ", ") + track.name + " with " + std::to_string(track.bitrate);
  }
  return Error{PlaybackError::kTrackNotFound, "there is no track " + Quoted(name) + " with " +
                                                  std::to_string(bitrate) + " bit/s, but " + known};
}

Result<const FragmentList*> FindFragments(const MediaDescription& media, const Track& track,
                                          StreamFormat format, std::string_view audio_track) {
  const auto& list = ListOf(track, format);
  if (list.fragments.empty()) {
    return Error{PlaybackError::kTrackNotFound,
                 "the track " + track.name + " has no fragments of its own in this format"};
  }
  if (audio_track.empty()) return &list;
  const Track* const mixed = FirstAudio(media);
  if (format == StreamFormat::kHlsV3 && mixed != nullptr &&
      EqualsIgnoringCase(mixed->name, audio_track)) {
    return &list;
  }
  return Error{PlaybackError::kTrackNotFound,
               HasTrack(media, TrackKind::kAudio, audio_track)
                   ? "only format=m3u8-aapl-v3 mixes audio into the video, and only the first track"
                   : "there is no audio track " + Quoted(audio_track)};
}

Result<http::ByteRange> FindFragment(const FragmentList& list, const FragmentSelection& selection) {
  if (!selection.time) {
    if (list.header_size > 0) return http::ByteRange{.first = 0, .length = list.header_size};
    return NoFragment("this format has no initialization segment");
  }
  const auto& fragments = list.fragments;
  const auto found = std::lower_bound(
      fragments.begin(), fragments.end(), *selection.time,
      [](const Fragment& fragment, std::int64_t time) { return fragment.time < time; });
  if (found == fragments.end() || found->time != *selection.time) {
    return NoFragment("no fragment begins at " + std::to_string(*selection.time) +
                      "; the last one begins at " + std::to_string(fragments.back().time));
  }
  if (!selection.key_frames) return http::ByteRange{.first = found->offset, .length = found->size};
  if (found->key_frame_size == 0) return NoFragment("that fragment has no key frame of its own");
  return http::ByteRange{.first = found->offset, .length = found->key_frame_size};
}

}  // namespace msc::playback
