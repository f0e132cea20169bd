#include "emulator/cli/logging.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>

namespace msc {
namespace {

std::string Quoted(std::string_view line) {
  constexpr auto kReplace = nlohmann::json::error_handler_t::replace;
  return nlohmann::json(line).dump(-1, ' ', false, kReplace);
}

}  // namespace

std::function<void(std::string_view level, std::string_view line)> MakeLogSink(
    const std::string& level, const std::string& format) {
  const bool json = format == "json";
  auto logger = std::make_shared<spdlog::logger>(
      "msc", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  logger->set_level(spdlog::level::from_str(level));
  logger->set_pattern(json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%v})"
                           : "%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v",
                      spdlog::pattern_time_type::utc);
  return [logger, json](std::string_view line_level, std::string_view line) {
    const auto at = spdlog::level::from_str(std::string(line_level));
    if (!logger->should_log(at)) return;
    logger->log(at, json ? Quoted(line) : std::string(line));
  };
}

}  // namespace msc
