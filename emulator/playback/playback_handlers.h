#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emulator/base/result.h"
#include "emulator/http/router.h"
#include "emulator/keys/key_service.h"
#include "emulator/playback/links.h"
#include "emulator/playback/media_bytes.h"
#include "emulator/videos/url_maker.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"

namespace msc::playback {

// Manifests, playlists, fragments and whole files. REQUIRES: the references outlive the object.
// Thread-safe.
class PlaybackHandlers {
 public:
  PlaybackHandlers(const videos::UrlMaker& urls, videos::VideoService& videos,
                   const keys::KeyService& keys, const storage::BlobService& blobs)
      : urls_(urls), videos_(videos), keys_(keys), blobs_(blobs) {}

  // Everything below "/<locator>/". REQUIRES: the object outlives them.
  std::vector<http::Route> Routes() const;

  // A manifest or playlist with the URLs of `links`. REQUIRES: the request has the captures of its
  // route. The errors of FindPresentation, ParseManifestSelection and ParsePlaylistSelection.
  Result<http::Response> Manifest(const http::Request& request, const Links& links) const;
  Result<http::Response> Playlist(const http::Request& request, const Links& links) const;

 private:
  Result<http::Response> GetManifest(const http::Request& request) const;
  Result<http::Response> GetPlaylist(const http::Request& request) const;
  Result<http::Response> GetFragment(const http::Request& request) const;
  Result<http::Response> GetFile(const http::Request& request) const;

  // Bytes: enough for some seconds of several videos.
  static constexpr std::uint64_t kMostEncrypted = 32 * 1024 * 1024;
  static constexpr std::uint64_t kLargestEncrypted = 8 * 1024 * 1024;

  // What a request below a quality level is about.
  struct Selected {
    videos::PlayableVideo presentation;
    const processing::Track& track;  // Both are in the media of the presentation.
    const processing::FragmentList& list;
  };

  // `selection`: a PlaylistSelection or a FragmentSelection. The errors of FindPresentation,
  // FindTrack and FindFragments.
  template <typename Selection>
  Result<Selected> Find(const http::Request& request, std::int64_t bitrate,
                        const Selection& selection) const;

  Links LinksOf(const http::Request& request) const;
  std::optional<Protection> ProtectionOf(const http::Request& request, const videos::Video& video,
                                         const Links& links) const;
  Result<std::optional<Envelope>> EnvelopeOf(const videos::Video& video) const;

  const videos::UrlMaker& urls_;
  videos::VideoService& videos_;
  const keys::KeyService& keys_;
  const storage::BlobService& blobs_;
  mutable EncryptedCache encrypted_{kMostEncrypted, kLargestEncrypted};
};

}  // namespace msc::playback
