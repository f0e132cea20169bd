#include "emulator/control/seed/seed_file.h"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>

#include "emulator/base/json_problem.h"
#include "emulator/base/json_shape.h"
#include "emulator/control/json/json_reader.h"

namespace msc::control {
namespace {

using ParseEvent = Json::parse_event_t;

// Depths in {"videos":[video, …]}.
constexpr int kTopDepth = 1;
constexpr int kVideoDepth = 2;

std::ifstream Open(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) throw std::runtime_error(path.string() + " is a folder");
  std::error_code no_size;
  const auto size = std::filesystem::file_size(path, no_size);
  if (!no_size && size > kMostSeedBytes) {
    throw std::runtime_error(path.string() + " has " + std::to_string(size) + " bytes; at most " +
                             std::to_string(kMostSeedBytes) +
                             " are allowed: give large uploads as \"file\"");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in.good()) throw std::runtime_error(path.string() + " cannot be read");
  return in;
}

// Follows the parser's events.
class SeedParser {
 public:
  SeedParser(std::string file, const std::function<void(Json&)>& take)
      : file_(std::move(file)), take_(take) {}

  // What the parser asks at each event: whether to keep the value.
  bool operator()(int depth, ParseEvent event, Json& value) {
    if (depth <= kTopDepth) return FollowTop(depth, event, value);
    if (event == ParseEvent::object_start || event == ParseEvent::array_start) return Enter(depth);
    if (event == ParseEvent::key) return Count(depth);
    if (depth > kVideoDepth) return true;
    Take(value);
    return false;  // It is not needed any more.
  }

  bool has_videos() const { return has_videos_; }

  std::runtime_error NoSeed() const {
    return std::runtime_error(file_ + R"( must be a JSON object like {"videos":[…]})");
  }

 private:
  bool FollowTop(int depth, ParseEvent event, const Json& value) {
    if (event == ParseEvent::key) {
      is_schema_ = value == "$schema";  // For editors.
      if (is_schema_ || value == "videos") return true;
      throw std::runtime_error(file_ + ": " +
                               UnknownMember("", value.get_ref<const std::string&>(), {"videos"}));
    }
    if (is_schema_ && event == ParseEvent::value && value.is_string()) return true;
    const bool is_end = event == ParseEvent::object_end || event == ParseEvent::array_end;
    const bool is_list = depth == kTopDepth && event == ParseEvent::array_start && !has_videos_;
    const bool is_top = depth < kTopDepth && event == ParseEvent::object_start;
    has_videos_ = has_videos_ || is_list;
    if (!is_end && !is_list && !is_top) throw NoSeed();
    return true;
  }

  bool Enter(int depth) {
    if (depth >= static_cast<int>(kDeepestJson)) throw BadVideo("it is nested too deeply");
    members_.at(static_cast<std::size_t>(depth) + 1) = 0;
    return true;
  }

  bool Count(int depth) {
    if (++members_.at(static_cast<std::size_t>(depth)) > kMostJsonMembers) {
      throw BadVideo("an object has at most " + std::to_string(kMostJsonMembers) + " members");
    }
    return true;
  }

  void Take(Json& video) {
    try {
      take_(video);
    } catch (const std::exception& error) {
      throw BadVideo(error.what());
    }
    ++taken_;
  }

  std::runtime_error BadVideo(const std::string& why) const {
    return std::runtime_error(file_ + ": videos[" + std::to_string(taken_) + "]: " + why);
  }

  const std::string file_;
  const std::function<void(Json&)>& take_;
  std::size_t taken_ = 0;
  bool has_videos_ = false;
  bool is_schema_ = false;                               // Whether the last key was "$schema".
  std::array<std::size_t, kDeepestJson + 1> members_{};  // Of the open objects, by depth.
};

// `error` with the place where the file is not JSON.
std::runtime_error NoJson(const std::filesystem::path& path, const std::runtime_error& error) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string problem = JsonProblem(text);
  return std::runtime_error(error.what() + (problem.empty() ? "" : ": " + problem));
}

}  // namespace

void ReadSeedFile(const std::filesystem::path& path, const std::function<void(Json& video)>& take) {
  auto in = Open(path);
  SeedParser parser(path.string(), take);
  const auto follow = [&parser](int depth, ParseEvent event, Json& value) {
    return parser(depth, event, value);
  };
  const auto json = Json::parse(in, follow, /*allow_exceptions=*/false);
  if (json.is_discarded()) throw NoJson(path, parser.NoSeed());
  if (!parser.has_videos()) throw parser.NoSeed();
}

}  // namespace msc::control
