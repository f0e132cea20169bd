#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/videos/video.h"

namespace msc::videos {

// A way to play a video.
struct PlaybackType {
  std::string_view name;    // On the wire.
  std::string_view suffix;  // The end of its URL, after the file's GUID.
};

// The type with that name, in any case; for an empty name, Streaming. nullopt if there is none.
std::optional<PlaybackType> FindPlaybackType(std::string_view name);

// The video's URL for `type` below `base`.
std::string PlaybackUrl(const std::string& base, const Video& video, const PlaybackType& type);

}  // namespace msc::videos
