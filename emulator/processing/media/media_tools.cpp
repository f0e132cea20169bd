#include "emulator/processing/media/media_tools.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace msc::processing {
namespace {

bool IsProgram(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

std::optional<std::string> FindTool(std::string_view folders, const std::string& name) {
  for (std::size_t at = 0; at <= folders.size();) {
    const auto end = std::min(folders.find(':', at), folders.size());
    const std::string file = std::string(folders.substr(at, end - at)).append("/").append(name);
    // The current folder, which an empty or relative entry means, may change until the tool runs.
    if (folders.substr(at).starts_with('/') && IsProgram(file)) return file;
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace

MediaToolSearch FindMediaTools(std::string_view path) {
  MediaToolSearch search;
  const auto ffmpeg = FindTool(path, "ffmpeg");
  const auto ffprobe = FindTool(path, "ffprobe");
  if (!ffmpeg) search.missing.emplace_back("ffmpeg");
  if (!ffprobe) search.missing.emplace_back("ffprobe");
  if (ffmpeg && ffprobe) search.tools = MediaTools{*ffmpeg, *ffprobe};
  return search;
}

MediaToolSearch FindMediaTools() {
  const char* const path = std::getenv("PATH");
  return FindMediaTools(path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin");
}

}  // namespace msc::processing
