#include "emulator/videos/magic_name.h"

#include "emulator/base/time_format.h"

namespace msc::videos {
namespace {

constexpr std::string_view kFail = "fail-";
constexpr std::string_view kSlow = "slow-";

Program FailAfter(std::chrono::milliseconds processing_time) {
  return {{{.duration = processing_time},
           {.state = VideoState::kFailed,
            .reason = "Video could not be processed, as a name that begins with fail- asks for."}}};
}

}  // namespace

std::optional<Program> ProgramOfName(std::string_view name,
                                     std::chrono::milliseconds processing_time) {
  if (name.starts_with(kFail)) return FailAfter(processing_time);
  if (!name.starts_with(kSlow)) return std::nullopt;
  name.remove_prefix(kSlow.size());
  const auto end = name.find('-');
  if (end == std::string_view::npos) return std::nullopt;
  const auto duration = ParseDuration(name.substr(0, end));
  if (!duration) return std::nullopt;
  return Program::AfterTime(*duration);
}

}  // namespace msc::videos
