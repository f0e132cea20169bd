#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace msc::processing {

// The programs that do the work with media, as paths.
struct MediaTools {
  std::string ffmpeg = {};
  std::string ffprobe = {};
};

struct MediaToolSearch {
  std::optional<MediaTools> tools = {};   // Absent if one is missing.
  std::vector<std::string> missing = {};  // The names of those that were not found.
};

// Looks for ffmpeg and ffprobe in the folders of `path`, which is like the variable PATH.
MediaToolSearch FindMediaTools(std::string_view path);

// The same for the PATH of this process.
MediaToolSearch FindMediaTools();

}  // namespace msc::processing
