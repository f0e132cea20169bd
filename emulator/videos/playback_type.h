#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/videos/video.h"

namespace msc::videos {

// A way in which a video is played.
struct PlaybackType {
  std::string_view name;    // On the wire.
  std::string_view suffix;  // What its URL ends in, behind the file's GUID.
};

// The one called `name`, whatever its case; of the empty one, Streaming. nullopt where there is
// none.
std::optional<PlaybackType> FindPlaybackType(std::string_view name);

// The video's URL for `type` below `base`.
std::string PlaybackUrl(const std::string& base, const Video& video, const PlaybackType& type);

}  // namespace msc::videos
