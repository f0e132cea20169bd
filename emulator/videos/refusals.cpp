#include "emulator/videos/refusals.h"

#include "emulator/http/status.h"

namespace msc::videos {

http::Response Refuse(const Answers& answers, const http::Request& request, const Error& error) {
  if (error.code == ErrorCode::kVideoUnreadable) return answers.Unreadable(request);
  if (error.code == ErrorCode::kModeNotSupported) return answers.ModeNotSupported(request);
  if (error.code == ErrorCode::kMethodNotAllowed) {
    return answers.MethodNotAllowed(request, error.message);
  }
  return answers.Empty(request, http::StatusOf(error.code));
}

}  // namespace msc::videos
