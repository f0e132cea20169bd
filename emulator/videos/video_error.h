#pragma once

namespace msc::videos {

// Errors of the Videos API and of what the emulator can do with its videos.
enum class VideoError {
  kVideoUnreadable,   // The entity in the body cannot be made into a Video.
  kModeNotSupported,  // A protection or encryption mode that does not exist.
  kVideoNotFound,
  kVideoNotReady,    // Still pending or processing; with the fact StateConflict.
  kNothingUploaded,  // With the fact StateConflict.
  kVideoExists,      // Another one has that id.
  kKeyIdMalformed,
  kKeyNotFound,
  kParameterInvalid,
  kSignInRequired,
};

int StatusOf(VideoError error);

}  // namespace msc::videos
