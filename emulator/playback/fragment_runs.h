#pragma once

#include <cstdint>
#include <vector>

#include "emulator/processing/media_description.h"

namespace msc::playback {

// Fragments that follow each other and have the same duration, in ticks.
struct FragmentRun {
  std::int64_t time = 0;  // Of the first one.
  std::int64_t duration = 0;
  std::int64_t count = 1;
  bool follows = false;  // Whether it begins where the run before it ends, or at 0.

  friend bool operator==(const FragmentRun&, const FragmentRun&) = default;
};

std::vector<FragmentRun> RunsOf(const std::vector<processing::Fragment>& fragments);

// Of the longest one, in ticks; 0 if there is none.
std::int64_t LongestDuration(const std::vector<processing::Fragment>& fragments);

// The same in seconds, rounded up.
std::int64_t LongestSeconds(const std::vector<processing::Fragment>& fragments);

}  // namespace msc::playback
