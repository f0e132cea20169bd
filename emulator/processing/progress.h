#pragma once

#include <msc/video.h>

#include <chrono>
#include <optional>
#include <string>

#include "emulator/base/clock.h"

namespace msc::processing {

// The instant at which a video marked complete at `marked` is ready, which is kept in its record;
// the end of time where the sum is past it. REQUIRES: `processing_time` is not negative.
Time CompletesAt(Time marked, std::chrono::milliseconds processing_time);

// The state at `now` of a video whose record says `completes`; absent: not marked complete.
VideoState StateAt(std::optional<Time> completes, Time now);

// What the clock alone does to such a video on its way from `after` (exclusive) to `until`
// (inclusive), if anything.
std::optional<Transition> TransitionBetween(const std::string& video_id,
                                            std::optional<Time> completes, Time after, Time until);

}  // namespace msc::processing
