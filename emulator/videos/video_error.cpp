#include "emulator/videos/video_error.h"

#include <stdexcept>

namespace msc::videos {

int StatusOf(VideoError error) {
  switch (error) {
    case VideoError::kVideoUnreadable:
    case VideoError::kModeNotSupported:
    case VideoError::kKeyIdMalformed:
    case VideoError::kParameterInvalid:
      return 400;
    case VideoError::kVideoNotReady:
    case VideoError::kSignInRequired:
    case VideoError::kOriginNotAllowed:
      return 403;
    case VideoError::kVideoNotFound:
    case VideoError::kKeyNotFound:
      return 404;
    case VideoError::kNothingUploaded:
    case VideoError::kVideoExists:
      return 409;
  }
  throw std::logic_error("VideoError out of range");
}

}  // namespace msc::videos
