#include <msc/video.h>

#include <stdexcept>

namespace msc {

std::string_view Name(VideoState state) {
  switch (state) {
    case VideoState::kPending:
      return "Pending";
    case VideoState::kProcessing:
      return "Processing";
    case VideoState::kCompleted:
      return "Completed";
    case VideoState::kFailed:
      return "Failed";
  }
  throw std::logic_error("VideoState out of range");
}

std::optional<VideoState> ParseVideoState(std::string_view name) {
  using enum VideoState;
  for (const VideoState state : {kPending, kProcessing, kCompleted, kFailed}) {
    if (Name(state) == name) return state;
  }
  return std::nullopt;
}

}  // namespace msc
