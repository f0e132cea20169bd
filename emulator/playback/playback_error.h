#pragma once

#include <string_view>

namespace msc::playback {

// Errors of playback.
enum class PlaybackError {
  kAddressMalformed,      // What is in the parentheses of a path, or a proxy's parameters.
  kPresentationNotFound,  // No video has that locator and file.
  kVideoNotCompleted,
  kNothingToPlay,  // Its upload was not packaged.
  kFormatUnknown,
  kTrackNotFound,  // None has that name and bitrate.
  kFragmentNotFound,
  kProtected,      // The whole file of a protected video.
  kForeignUrl,     // A proxy is asked for something that is not of this emulator.
  kPosterRefused,  // The signature of a poster is not accepted.
  kPosterNotFound,
  kConditionNotMet,
  kRangeNotSatisfiable,  // With the fact ResourceSize.
};

int StatusOf(PlaybackError error);

// The error's code in the body.
std::string_view CodeOf(PlaybackError error);

}  // namespace msc::playback
