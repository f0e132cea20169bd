#pragma once

namespace msc::videos {

// Errors of the Videos API, and of the emulator's operations on videos.
enum class VideoError {
  kVideoUnreadable,   // The body is not a valid Video.
  kModeNotSupported,  // A protection or encryption mode that does not exist.
  kVideoNotFound,
  kVideoNotReady,    // Still pending or processing; with the fact StateConflict.
  kNothingUploaded,  // With the fact StateConflict.
  kVideoExists,      // Another video has that id.
  kKeyIdMalformed,
  kKeyNotFound,
  kParameterInvalid,
  kSignInRequired,
  kOriginNotAllowed,  // Of a preflight.
};

int StatusOf(VideoError error);

}  // namespace msc::videos
