#pragma once

#include <optional>
#include <string>

#include "emulator/playback/links.h"
#include "emulator/playback/selection.h"
#include "emulator/processing/media_description.h"

// Playlists of HTTP Live Streaming. Source: "Dynamic packaging in Media Services" and "Use AES-128
// dynamic encryption and the key delivery service", Microsoft,
// https://learn.microsoft.com/en-us/azure/media-services/latest/encode-dynamic-packaging-concept
namespace msc::playback {

// Whether the fragments begin with key frames that can be sent alone.
bool HasKeyFrames(const processing::FragmentList& list);

// BANDWIDTH of a track with that bitrate: 1.022 times as much and 8,160 bits per second, rounded
// down, which is true of each of the source's examples. A variant has the sum of its tracks.
std::int64_t BandwidthOf(std::int64_t bitrate);

// The list of all tracks, for a format of HLS.
std::string HlsMaster(const processing::MediaDescription& media, const ManifestSelection& selection,
                      const Links& links);

// The fragments of one track, all those in `list`.
std::string HlsPlaylist(const processing::Track& track, const processing::FragmentList& list,
                        const PlaylistSelection& selection,
                        const std::optional<Protection>& protection, const Links& links);

}  // namespace msc::playback
