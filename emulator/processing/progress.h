#pragma once

#include <msc/video.h>

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

namespace msc::processing {

// The progress of a video, as its record keeps it. The state follows from the progress and the
// time. Its programs are valid ones.
struct Progress {
  VideoState state = VideoState::kPending;

  // When time ends the current step; absent: time does not end it.
  std::optional<Time> next = {};

  // How many more GET Status are answered in the current step; absent: polls do not end it.
  std::optional<int> polls_left = {};

  // The steps after the current one.
  std::vector<Step> rest = {};

  // The steps of the video's own program; empty: the default program is used.
  std::vector<Step> program = {};

  // Whether media work on the upload is not done yet. Until it is, no step of kCompleted begins.
  bool awaits_media = false;

  // Of a failed video.
  int failure_code = 0;
  std::string failure_reason = {};  // Empty: the service's own text.

  friend bool operator==(const Progress&, const Progress&) = default;
};

// Whether time has ended the current step.
bool IsDue(const Progress& progress, Time now);

// Advances past all steps that time has ended by `now`, and returns the change of state, if there
// is one. Consecutive steps with a duration count as one, so there is never a second change.
std::optional<Transition> FireDue(const std::string& video_id, Progress& progress, Time now);

// The next change that is caused by time, if any.
std::optional<Transition> NextChange(const std::string& video_id, const Progress& progress);

// The functions below REQUIRE that FireDue was called for `now`.

// Starts the video's own program, or else `otherwise`, from its beginning, whatever the state.
void Start(Progress& progress, const Program& otherwise, Time now);

// Counts a GET Status. The state after this call is the one to respond with.
void Poll(Progress& progress, Time now);

// Gives the video its own program, which starts now if the video is processing. kVideoEnded.
Status SetProgram(Progress& progress, const Program& program, Time now);

// Sets the state back to before MarkComplete; the video keeps its own program.
void Reopen(Progress& progress);

// Notes that the media work has ended. If it failed, `failure`, a step of kFailed, is entered
// instead of kCompleted. A step of kCompleted that had to wait begins now.
void EndMedia(Progress& progress, const std::optional<Step>& failure, Time now);

// Ends the program with `end`, whether media work is done or not. REQUIRES: `end` is a step of
// kCompleted or kFailed.
void End(Progress& progress, const Step& end, Time now);

}  // namespace msc::processing
