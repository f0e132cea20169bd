#pragma once

#include <algorithm>

#include "emulator/processing/media_description.h"

namespace msc::playback {

// The audio that is played together with the video, and mixed into it in HLS version 3: of several
// tracks, the first one. Null if there is none.
inline const processing::Track* FirstAudio(const processing::MediaDescription& media) {
  const auto found = std::find_if(media.tracks.begin(), media.tracks.end(), [](const auto& track) {
    return track.kind == processing::TrackKind::kAudio;
  });
  return found == media.tracks.end() ? nullptr : &*found;
}

}  // namespace msc::playback
