#include "emulator/processing/progress.h"

#include <utility>

#include "emulator/base/time_range.h"
#include "emulator/processing/program_error.h"

namespace msc::processing {
namespace {

// Removes the next step from the program and returns it.
Step TakeStep(std::vector<Step>& steps) {
  if (steps.empty()) return {.state = VideoState::kCompleted};
  Step step = std::move(steps.front());
  steps.erase(steps.begin());
  return step;
}

bool IsTimeless(const Progress& progress) { return !progress.next && !progress.polls_left; }

// Whether a step of kCompleted, the only one that is left, waits for media work. Otherwise a step
// that nothing ends is the last one.
bool IsHeld(const Progress& progress) {
  return progress.state == VideoState::kProcessing && IsTimeless(progress) &&
         !progress.rest.empty();
}

void Hold(Progress& progress, const Step& completed) {
  progress.state = VideoState::kProcessing;
  progress.next.reset();
  progress.polls_left.reset();
  progress.rest = {completed};
}

// Replaces the kCompleted at the end, whether it is a step or only follows from the last one.
void ReplaceCompleted(Progress& progress, const Step& failure) {
  auto& rest = progress.rest;
  if (rest.empty()) {
    if (!IsTimeless(progress)) rest.push_back(failure);
    return;
  }
  const Step& last = rest.back();
  if (last.state == VideoState::kCompleted) {
    rest.back() = failure;
  } else if (last.state == VideoState::kProcessing && (last.duration || last.polls)) {
    rest.push_back(failure);
  }
}

void Begin(Progress& progress, Time at) {
  const Step step = TakeStep(progress.rest);
  if (step.state == VideoState::kCompleted && progress.awaits_media) return Hold(progress, step);
  const bool failed = step.state == VideoState::kFailed;
  progress.state = step.state;
  progress.polls_left = step.polls;
  progress.failure_code = failed ? step.code : 0;
  progress.failure_reason = failed ? step.reason : "";
  progress.next.reset();
  if (!step.duration) return;
  progress.next = Shifted(at, *step.duration);
  while (!progress.rest.empty() && progress.rest.front().duration) {
    progress.next = Shifted(*progress.next, *TakeStep(progress.rest).duration);
  }
}

// Ends the current step at `at`, and all following ones that take no time.
void Enter(Progress& progress, Time at) {
  do Begin(progress, at);
  while (IsDue(progress, at));
}

void Run(Progress& progress, std::vector<Step> steps, Time now) {
  progress.rest = std::move(steps);
  Enter(progress, now);
}

}  // namespace

bool IsDue(const Progress& progress, Time now) { return progress.next && *progress.next <= now; }

std::optional<Transition> FireDue(const std::string& video_id, Progress& progress, Time now) {
  if (!IsDue(progress, now)) return std::nullopt;
  Transition transition{.at = *progress.next, .video_id = video_id, .from = progress.state};
  Enter(progress, transition.at);
  transition.to = progress.state;
  if (transition.to == transition.from) return std::nullopt;
  return transition;
}

std::optional<Transition> NextChange(const std::string& video_id, const Progress& progress) {
  if (!progress.next) return std::nullopt;
  Progress after = progress;
  Enter(after, *progress.next);
  return Transition{
      .at = *progress.next, .video_id = video_id, .from = progress.state, .to = after.state};
}

void Start(Progress& progress, const Program& otherwise, Time now) {
  Run(progress, progress.program.empty() ? otherwise.steps : progress.program, now);
}

void Poll(Progress& progress, Time now) {
  if (progress.polls_left && *progress.polls_left <= 0) Enter(progress, now);
  if (progress.polls_left) --*progress.polls_left;
}

Status SetProgram(Progress& progress, const Program& program, Time now) {
  if (progress.state == VideoState::kCompleted || progress.state == VideoState::kFailed) {
    return Error{ProgramError::kVideoEnded, "the video is " + std::string(Name(progress.state)) +
                                                " already: set its state to Pending or Processing "
                                                "first"};
  }
  progress.program = program.steps;
  if (progress.state == VideoState::kProcessing) Run(progress, progress.program, now);
  return Done{};
}

void Reopen(Progress& progress) { progress = {.program = std::move(progress.program)}; }

void EndMedia(Progress& progress, const std::optional<Step>& failure, Time now) {
  progress.awaits_media = false;
  if (progress.state != VideoState::kProcessing) return;
  const bool was_held = IsHeld(progress);
  if (failure) ReplaceCompleted(progress, *failure);
  if (was_held) Enter(progress, now);
}

void End(Progress& progress, const Step& end, Time now) {
  const bool awaits_media = std::exchange(progress.awaits_media, false);
  Run(progress, {end}, now);
  progress.awaits_media = awaits_media;
}

}  // namespace msc::processing
