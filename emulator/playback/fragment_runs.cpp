#include "emulator/playback/fragment_runs.h"

#include <algorithm>

namespace msc::playback {

std::vector<FragmentRun> RunsOf(const std::vector<processing::Fragment>& fragments) {
  std::vector<FragmentRun> runs;
  std::int64_t end = 0;
  for (const auto& fragment : fragments) {
    const bool follows = fragment.time == end;
    end = fragment.time + fragment.duration;
    if (follows && !runs.empty() && runs.back().duration == fragment.duration) {
      ++runs.back().count;
    } else {
      runs.push_back({.time = fragment.time, .duration = fragment.duration, .follows = follows});
    }
  }
  return runs;
}

std::int64_t LongestDuration(const std::vector<processing::Fragment>& fragments) {
  std::int64_t longest = 0;
  for (const auto& fragment : fragments) longest = std::max(longest, fragment.duration);
  return longest;
}

std::int64_t LongestSeconds(const std::vector<processing::Fragment>& fragments) {
  return (LongestDuration(fragments) + processing::kTicksPerSecond - 1) /
         processing::kTicksPerSecond;
}

}  // namespace msc::playback
