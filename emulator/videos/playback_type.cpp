#include "emulator/videos/playback_type.h"

#include <algorithm>
#include <iterator>

#include "emulator/base/text.h"

namespace msc::videos {
namespace {

// The first one is the default.
constexpr PlaybackType kTypes[] = {
    {"Streaming", ".ism/Manifest"},
    {"HLS", ".ism/Manifest(format=m3u8-aapl)"},
    {"DASH", ".ism/Manifest(format=mpd-time-csf)"},
    {"Progressive", ".mp4"},
};

}  // namespace

std::optional<PlaybackType> FindPlaybackType(std::string_view name) {
  if (name.empty()) return kTypes[0];
  const auto* type = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto& known) {
    return EqualsIgnoringCase(known.name, name);
  });
  if (type == std::end(kTypes)) return std::nullopt;
  return *type;
}

std::string PlaybackUrl(const std::string& base, const Video& video, const PlaybackType& type) {
  return base + '/' + video.locator_id + '/' + video.file_id + std::string(type.suffix);
}

}  // namespace msc::videos
