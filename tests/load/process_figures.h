#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace msc::load {

// What must not grow while a process serves.
struct Figure {
  std::string_view name;
  double slack;  // How much it may grow besides a tenth: caches fill, and the load is random.
};

inline constexpr std::array kFigures = {
    Figure{"resident memory (MiB)", 24}, Figure{"descriptors", 16}, Figure{"threads", 16},
    Figure{"blobs.bytes on disk (MiB)", 24}, Figure{"emulator.db-wal (MiB)", 8}};

using Sample = std::array<double, kFigures.size()>;

// The figures of the process `pid`, which keeps its data in `folder`, as they are now. Throws
// std::runtime_error if the process has ended.
Sample Measure(int pid, const std::string& folder);

// How many MiB of the disk the bytes of all blobs take.
double MibOfBlobs(const std::string& folder);

// Prints the means of the first and the last quarter of `samples`; false if one has grown.
bool PrintAndCompare(const std::vector<Sample>& samples);

}  // namespace msc::load
