#include "emulator/processing/progress.h"

#include <algorithm>

namespace msc::processing {

Time CompletesAt(Time marked, std::chrono::milliseconds processing_time) {
  // A difference to the end of time that does not overflow for times before the epoch either.
  const auto room = std::chrono::milliseconds::max() -
                    std::max(marked.time_since_epoch(), std::chrono::milliseconds::zero());
  return processing_time > room ? Time::max() : marked + processing_time;
}

VideoState StateAt(std::optional<Time> completes, Time now) {
  if (!completes) return VideoState::kPending;
  return now < *completes ? VideoState::kProcessing : VideoState::kCompleted;
}

std::optional<Transition> TransitionBetween(const std::string& video_id,
                                            std::optional<Time> completes, Time after, Time until) {
  const VideoState from = StateAt(completes, after);
  const VideoState to = StateAt(completes, until);
  if (from == to || !completes) return std::nullopt;
  return Transition{.at = *completes, .video_id = video_id, .from = from, .to = to};
}

}  // namespace msc::processing
