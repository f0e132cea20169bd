#include "emulator/videos/errors.h"

#include "emulator/http/http_error.h"
#include "emulator/keys/key_error.h"
#include "emulator/videos/video_error.h"

namespace msc::videos {
namespace {

// The status of any error that the Videos API can return.
int StatusOfAny(ErrorCode code) {
  if (const auto video = code.As<VideoError>()) return StatusOf(*video);
  if (const auto key = code.As<keys::KeyError>()) return keys::StatusOf(*key);
  return http::StatusOf(http::ToHttpError(code));
}

}  // namespace

http::Response RenderError(const Answers& answers, const http::Request& request,
                           const Error& error) {
  if (error.code == VideoError::kVideoUnreadable) return answers.Unreadable(request);
  if (error.code == VideoError::kModeNotSupported) return answers.ModeNotSupported(request);
  if (error.code == http::HttpError::kMethodNotAllowed) {
    return answers.MethodNotAllowed(request, http::AllowValue(error));
  }
  return answers.Empty(request, StatusOfAny(error.code));
}

}  // namespace msc::videos
