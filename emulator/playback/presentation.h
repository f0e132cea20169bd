#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/base/result.h"
#include "emulator/http/byte_range.h"
#include "emulator/http/request.h"
#include "emulator/playback/selection.h"
#include "emulator/processing/media_description.h"
#include "emulator/videos/video_service.h"

namespace msc::playback {

// Names of captured segments.
inline constexpr std::string_view kLocatorCapture = "locator";
inline constexpr std::string_view kFileCapture = "file";

// The video that the captures `locator` and `file` of a request name, with something to play.
// kPresentationNotFound, kVideoNotCompleted, kNothingToPlay.
Result<videos::PlayableVideo> FindPresentation(const http::Request& request,
                                               videos::VideoService& videos);

// The track with that name, in any case, and that bitrate. kTrackNotFound.
Result<const processing::Track*> FindTrack(const processing::MediaDescription& media,
                                           std::string_view name, std::int64_t bitrate);

// The fragments of a track for a format. `audio_track`: that is to be in them, too; empty: any.
// kTrackNotFound if there are none.
Result<const processing::FragmentList*> FindFragments(const processing::MediaDescription& media,
                                                      const processing::Track& track,
                                                      StreamFormat format,
                                                      std::string_view audio_track);

// Where the bytes of a fragment are in the list's blob. kFragmentNotFound.
Result<http::ByteRange> FindFragment(const processing::FragmentList& list,
                                     const FragmentSelection& selection);

}  // namespace msc::playback
