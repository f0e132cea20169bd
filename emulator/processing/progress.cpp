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

void Begin(Progress& progress, Time at) {
  const Step step = TakeStep(progress.rest);
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

void End(Progress& progress, const Step& end, Time now) { Run(progress, {end}, now); }

}  // namespace msc::processing
