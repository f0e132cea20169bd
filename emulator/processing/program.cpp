#include "emulator/processing/program.h"

#include <chrono>
#include <utility>

#include "emulator/base/encoding.h"
#include "emulator/processing/program_error.h"

namespace msc::processing {
namespace {

constexpr std::size_t kMostSteps = 1000;
constexpr std::chrono::milliseconds kLongestStep = std::chrono::hours(24 * 365);

// What is wrong with a step of kProcessing, in words; empty: nothing.
std::string ProblemOfProcessing(const Step& step, bool is_last) {
  if (step.duration && step.polls) return "lasts for a time or for polls, not for both";
  if (step.duration && (*step.duration < step.duration->zero() || *step.duration > kLongestStep)) {
    return "lasts " + std::to_string(step.duration->count()) + " ms; from 0 to " +
           std::to_string(kLongestStep.count()) + " (a year) is allowed";
  }
  if (step.polls && *step.polls < 1) {
    return "lasts for " + std::to_string(*step.polls) + " polls; at least 1 is allowed";
  }
  if (!step.duration && !step.polls && !is_last) {
    return "lasts for ever and so must be the last; give it a time or polls";
  }
  return {};
}

// The same for a step that ends the program.
std::string ProblemOfEnd(const Step& step, bool is_last) {
  if (step.duration || step.polls) return "ends the program and takes neither time nor polls";
  if (!is_last) return "ends the program and so must be the last";
  return {};
}

std::string ProblemOfFailure(const Step& step) {
  if (step.state != VideoState::kFailed) {
    const bool has_none = step.code == kDefaultFailureCode && step.reason.empty();
    return has_none ? "" : "has a code or a reason, which are of Failed alone";
  }
  if (step.code < 0 || step.code > kHighestFailureCode) {
    return "has the code " + std::to_string(step.code) + "; from 0 to " +
           std::to_string(kHighestFailureCode) + " is allowed";
  }
  return IsUtf8(step.reason) ? "" : "has a reason that is not UTF-8";
}

std::string ProblemOf(const Step& step, bool is_last) {
  if (step.state == VideoState::kPending) return "is what comes before a program";
  auto problem = step.state == VideoState::kProcessing ? ProblemOfProcessing(step, is_last)
                                                       : ProblemOfEnd(step, is_last);
  return problem.empty() ? ProblemOfFailure(step) : problem;
}

}  // namespace

Error ProgramInvalid(std::string why) { return {ProgramError::kProgramInvalid, std::move(why)}; }

Status Check(const Program& program) {
  const std::size_t count = program.steps.size();
  if (count == 0 || count > kMostSteps) {
    return ProgramInvalid("a program of " + std::to_string(count) + " steps; from 1 to " +
                          std::to_string(kMostSteps) + " are allowed");
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto problem = ProblemOf(program.steps[i], i + 1 == count);
    if (problem.empty()) continue;
    return ProgramInvalid("step " + std::to_string(i + 1) + " (" +
                          std::string(Name(program.steps[i].state)) + ") " + problem);
  }
  return Done{};
}

}  // namespace msc::processing
