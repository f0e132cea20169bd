#pragma once

#include <chrono>
#include <string>

namespace msc {

// Where a video stands. It never goes back.
enum class VideoState {
  kPending,     // Created, not marked complete.
  kProcessing,  // Marked complete.
  kCompleted,   // Ready to be played.
  kFailed,
};

// One change of a video's state, `at` an instant of the emulator's clock (UTC).
struct Transition {
  std::chrono::sys_time<std::chrono::milliseconds> at{};
  std::string video_id{};
  VideoState from = VideoState::kPending;
  VideoState to = VideoState::kPending;

  friend bool operator==(const Transition&, const Transition&) = default;
};

}  // namespace msc
