#include "emulator/playback/playback_error.h"

#include <stdexcept>

namespace msc::playback {

int StatusOf(PlaybackError error) {
  switch (error) {
    case PlaybackError::kAddressMalformed:
      return 400;
    case PlaybackError::kProtected:
    case PlaybackError::kForeignUrl:
    case PlaybackError::kPosterRefused:
      return 403;
    case PlaybackError::kPresentationNotFound:
    case PlaybackError::kVideoNotCompleted:
    case PlaybackError::kNothingToPlay:
    case PlaybackError::kFormatUnknown:
    case PlaybackError::kTrackNotFound:
    case PlaybackError::kFragmentNotFound:
    case PlaybackError::kPosterNotFound:
      return 404;
    case PlaybackError::kConditionNotMet:
      return 412;
    case PlaybackError::kRangeNotSatisfiable:
      return 416;
  }
  throw std::logic_error("PlaybackError out of range");
}

std::string_view CodeOf(PlaybackError error) {
  switch (error) {
    case PlaybackError::kAddressMalformed:
      return "AddressMalformed";
    case PlaybackError::kPresentationNotFound:
      return "PresentationNotFound";
    case PlaybackError::kVideoNotCompleted:
      return "VideoNotCompleted";
    case PlaybackError::kNothingToPlay:
      return "NothingToPlay";
    case PlaybackError::kFormatUnknown:
      return "FormatUnknown";
    case PlaybackError::kTrackNotFound:
      return "TrackNotFound";
    case PlaybackError::kFragmentNotFound:
      return "FragmentNotFound";
    case PlaybackError::kProtected:
      return "Protected";
    case PlaybackError::kForeignUrl:
      return "ForeignUrl";
    case PlaybackError::kPosterRefused:
      return "PosterRefused";
    case PlaybackError::kPosterNotFound:
      return "PosterNotFound";
    case PlaybackError::kConditionNotMet:
      return "ConditionNotMet";
    case PlaybackError::kRangeNotSatisfiable:
      return "RangeNotSatisfiable";
  }
  throw std::logic_error("PlaybackError out of range");
}

}  // namespace msc::playback
