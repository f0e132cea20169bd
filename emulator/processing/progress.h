#pragma once

#include <msc/video.h>

#include <optional>
#include <string>
#include <vector>

#include "emulator/base/clock.h"
#include "emulator/base/result.h"

namespace msc::processing {

// How far a video has come: what its record keeps, of which together with the time its state is a
// function. Programs are ones that Check takes.
struct Progress {
  VideoState state = VideoState::kPending;

  // When time alone ends the step; absent: it does not.
  std::optional<Time> next = {};

  // So many more GET Status are answered in the step; absent: they do not end it.
  std::optional<int> polls_left = {};

  // The steps behind it.
  std::vector<Step> rest = {};

  // The steps of the program that is the video's own; empty: the default one counts.
  std::vector<Step> program = {};

  // Of a failed video.
  int failure_code = 0;
  std::string failure_reason = {};  // Empty: the service's own words.

  friend bool operator==(const Progress&, const Progress&) = default;
};

// Whether time has ended the step.
bool IsDue(const Progress& progress, Time now);

// Moves on over what time has ended by `now`, and tells what that changed. Steps that last for a
// time count as one where they follow each other, so that there is no second change.
std::optional<Transition> FireDue(const std::string& video_id, Progress& progress, Time now);

// The change that time brings next, if any.
std::optional<Transition> NextChange(const std::string& video_id, const Progress& progress);

// All of the below. REQUIRES: it was settled at `now`.

// Runs the video's own program, else `otherwise`, from its start, whatever the state.
void Start(Progress& progress, const Program& otherwise, Time now);

// Counts a GET Status; the state afterwards is what it is answered with.
void Poll(Progress& progress, Time now);

// Gives the video a program of its own, which starts now where it is processing. kVideoEnded.
Status SetProgram(Progress& progress, const Program& program, Time now);

// As before MarkComplete; the video keeps its own program.
void Reopen(Progress& progress);

// Brings it to its end. REQUIRES: `end` is a step of kCompleted or kFailed.
void End(Progress& progress, const Step& end, Time now);

}  // namespace msc::processing
