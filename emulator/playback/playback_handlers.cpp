#include "emulator/playback/playback_handlers.h"

#include <functional>
#include <utility>

#include "emulator/playback/dash.h"
#include "emulator/playback/hls.h"
#include "emulator/playback/page_request.h"
#include "emulator/playback/playback_error.h"
#include "emulator/playback/presentation.h"
#include "emulator/playback/selection.h"
#include "emulator/playback/smooth.h"

namespace msc::playback {
namespace {

using processing::TrackKind;

constexpr std::string_view kToken = "token";
constexpr std::string_view kBitrate = "bitrate";
constexpr std::string_view kSelection = "selection";

constexpr std::string_view kPlaylistType = "application/vnd.apple.mpegurl";
constexpr std::string_view kDashType = "application/dash+xml";
constexpr std::string_view kSmoothType = "text/xml";
constexpr std::string_view kTransportType = "video/mp2t";
constexpr std::string_view kVideoType = "video/mp4";
constexpr std::string_view kAudioType = "audio/mp4";

// What is in the parentheses of Manifest(…); the default if there are none.
Result<ManifestSelection> SelectionOf(const http::Request& request) {
  for (const auto& [name, value] : request.captures) {
    if (name == kSelection) return ParseManifestSelection(value);
  }
  return ManifestSelection();
}

std::string_view TypeOf(const processing::Track& track, StreamFormat format) {
  if (IsHls(format)) return kTransportType;
  return track.kind == TrackKind::kVideo ? kVideoType : kAudioType;
}

}  // namespace

std::vector<http::Route> PlaybackHandlers::Routes() const {
  using enum http::Method;
  using enum Operation;
  using std::bind_front;
  const auto manifest = bind_front(&PlaybackHandlers::GetManifest, this);
  return {
      {kGet, "/{locator}/{file}.ism/Manifest", manifest, kGetManifest},
      {kGet, "/{locator}/{file}.ism/Manifest({selection})", manifest, kGetManifest},
      {kGet, "/{locator}/{file}.ism/QualityLevels({bitrate})/Manifest({selection})",
       bind_front(&PlaybackHandlers::GetPlaylist, this), kGetManifest},
      {kGet, "/{locator}/{file}.ism/QualityLevels({bitrate})/Fragments({selection})",
       bind_front(&PlaybackHandlers::GetFragment, this), kGetFragment},
      {kGet, "/{locator}/{file}.mp4", bind_front(&PlaybackHandlers::GetFile, this), kGetFragment},
  };
}

Links PlaybackHandlers::LinksOf(const http::Request& request) const {
  return Links::Direct(urls_.Base(request), request.raw_parameter(kToken));
}

std::optional<Protection> PlaybackHandlers::ProtectionOf(const http::Request& request,
                                                         const videos::Video& video,
                                                         const Links& links) const {
  if (!video.key_id) return std::nullopt;
  Bytes iv = VectorOf(*video.key_id);
  if (request.Fires(http::HandlerFault::Kind::kWrongVector)) {
    for (char& byte : iv) byte = static_cast<char>(~byte);
  }
  return Protection{
      .key_url = links.Key(*video.key_id), .iv = std::move(iv), .is_for_page = IsFromPage(request)};
}

Result<std::optional<Envelope>> PlaybackHandlers::EnvelopeOf(const videos::Video& video) const {
  if (!video.key_id) return std::optional<Envelope>();
  auto key = keys_.FindKey(*video.key_id);
  if (!key) return Error{PlaybackError::kFragmentNotFound, key.error().message};
  return std::optional(Envelope{.key = *std::move(key), .iv = VectorOf(*video.key_id)});
}

Result<http::Response> PlaybackHandlers::GetManifest(const http::Request& request) const {
  return Manifest(request, LinksOf(request));
}

Result<http::Response> PlaybackHandlers::GetPlaylist(const http::Request& request) const {
  return Playlist(request, LinksOf(request));
}

Result<http::Response> PlaybackHandlers::Manifest(const http::Request& request,
                                                  const Links& links) const {
  const auto selection = SelectionOf(request);
  if (!selection) return selection.error();
  const auto found = FindPresentation(request, videos_);
  if (!found) return found.error();

  if (IsHls(selection->format)) {
    return SendText(request, HlsMaster(*found->media, *selection, links), kPlaylistType);
  }
  const auto protection = ProtectionOf(request, found->video, links);
  return selection->format == StreamFormat::kDash
             ? SendText(request, DashManifest(*found->media, protection, links), kDashType)
             : SendText(request, SmoothManifest(*found->media, protection, links), kSmoothType);
}

template <typename Selection>
Result<PlaybackHandlers::Selected> PlaybackHandlers::Find(const http::Request& request,
                                                          std::int64_t bitrate,
                                                          const Selection& selection) const {
  const auto found = FindPresentation(request, videos_);
  if (!found) return found.error();
  const auto track = FindTrack(*found->media, selection.track, bitrate);
  if (!track) return track.error();
  const auto list = FindFragments(*found->media, **track, selection.format, selection.audio_track);
  if (!list) return list.error();
  return Selected{.presentation = *found, .track = **track, .list = **list};
}

Result<http::Response> PlaybackHandlers::Playlist(const http::Request& request,
                                                  const Links& links) const {
  const auto bitrate = ParseBitrate(request.capture(kBitrate));
  if (!bitrate) return bitrate.error();
  const auto selection = ParsePlaylistSelection(request.capture(kSelection));
  if (!selection) return selection.error();
  const auto found = Find(request, *bitrate, *selection);
  if (!found) return found.error();
  if (selection->key_frames && !HasKeyFrames(found->list)) {
    return Error{PlaybackError::kTrackNotFound,
                 "the track " + found->track.name + " has no key frames of its own in this format"};
  }

  const auto protection = ProtectionOf(request, found->presentation.video, links);
  return SendText(request, HlsPlaylist(found->track, found->list, *selection, protection, links),
                  kPlaylistType);
}

Result<http::Response> PlaybackHandlers::GetFragment(const http::Request& request) const {
  const auto bitrate = ParseBitrate(request.capture(kBitrate));
  if (!bitrate) return bitrate.error();
  const auto selection = ParseFragmentSelection(request.capture(kSelection));
  if (!selection) return selection.error();
  const auto found = Find(request, *bitrate, *selection);
  if (!found) return found.error();
  const auto part = FindFragment(found->list, *selection);
  if (!part) return part.error();
  const auto& [video, media] = found->presentation;
  const bool is_encrypted = selection->time || IsFromPage(request);
  auto envelope = is_encrypted ? EnvelopeOf(video) : std::optional<Envelope>();
  if (!envelope) return envelope.error();

  return Send(request, blobs_, encrypted_,
              {.container = video.media_container(),
               .blob = found->list.blob,
               .part = *part,
               .content_type = TypeOf(found->track, selection->format),
               .envelope = *std::move(envelope),
               .owner = media});
}

Result<http::Response> PlaybackHandlers::GetFile(const http::Request& request) const {
  const auto found = FindPresentation(request, videos_);
  if (!found) return found.error();
  if (found->video.key_id) {
    return Error{PlaybackError::kProtected,
                 "a protected video is not sent as a whole, because that is not encrypted: play "
                 "its HLS, DASH or Smooth Streaming"};
  }
  return Send(request, blobs_, encrypted_,
              {.container = found->video.media_container(),
               .blob = found->media->progressive,
               .content_type = kVideoType});
}

}  // namespace msc::playback
